package deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import settings.Settings;

/** The manifests are valid for Kubernetes, and the names in them exist in the manifests or in the program. */
class KubernetesTest {
    private static final Path FILES = Deploy.FILES.resolve("kubernetes");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "v1 Service", Service.class,
            "networking.k8s.io/v1 Ingress", Ingress.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

    /** As strict as a server: an unknown field is an error, not an additional property. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    private static HasMetadata parsed(Object document) throws IOException {
        JsonNode json = STRICT.valueToTree(document);
        String kind = json.path("apiVersion").asText() + " " + json.path("kind").asText();
        assertThat(KINDS).containsKey(kind);
        return STRICT.treeToValue(json, KINDS.get(kind));
    }

    private static List<HasMetadata> manifests() throws IOException {
        List<HasMetadata> manifests = new ArrayList<>();
        for (Object file : (List<?>) kustomization().get("resources")) {
            for (Object document : new Yaml().loadAll(Files.readString(FILES.resolve(file.toString())))) {
                manifests.add(parsed(document));
            }
        }
        return manifests;
    }

    private static Map<String, Object> kustomization() throws IOException {
        return new Yaml().load(Files.readString(FILES.resolve("kustomization.yaml")));
    }

    private static <T> List<T> all(Class<T> kind) throws IOException {
        return manifests().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Deployment deployment() throws IOException {
        return all(Deployment.class).get(0);
    }

    private static Container program() throws IOException {
        return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    @Test
    void everyManifestIsListedAndValid() throws IOException {
        List<String> listed = ((List<?>) kustomization().get("resources"))
                .stream().map(Object::toString).toList();

        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(manifests())
                .hasSize(6)
                .allMatch(manifest -> manifest.getMetadata().getName().startsWith("qiscus-agent-assignment"));
    }

    @Test
    void anUnknownFieldWouldBeFound() {
        Map<String, Object> misspelt =
                Map.of("apiVersion", "policy/v1", "kind", "PodDisruptionBudget", "spec", Map.of("minAvailble", 1));

        assertThatThrownBy(() -> parsed(misspelt)).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void everySelectorMatchesThePods() throws IOException {
        Map<String, String> labels =
                deployment().getSpec().getTemplate().getMetadata().getLabels();

        assertThat(labels).isNotEmpty();
        assertThat(deployment().getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(all(Service.class))
                .hasSize(2)
                .allMatch(service -> labels.equals(service.getSpec().getSelector()));
        assertThat(all(PodDisruptionBudget.class))
                .hasSize(1)
                .allMatch(budget -> labels.equals(budget.getSpec().getSelector().getMatchLabels()));
        assertThat(all(NetworkPolicy.class))
                .hasSize(1)
                .allMatch(policy ->
                        labels.equals(policy.getSpec().getPodSelector().getMatchLabels()));
    }

    @Test
    void portsAreReferredToByExistingNames() throws IOException {
        List<String> ports =
                program().getPorts().stream().map(port -> port.getName()).toList();

        assertThat(all(Service.class))
                .flatExtracting(service -> service.getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getStrVal())
                .isSubsetOf(ports);
        assertThat(probes())
                .extracting(probe -> probe.getHttpGet().getPort())
                .extracting(IntOrString::getStrVal)
                .isSubsetOf(ports);
        assertThat(all(Ingress.class)
                        .get(0)
                        .getSpec()
                        .getRules()
                        .get(0)
                        .getHttp()
                        .getPaths())
                .allSatisfy(path -> {
                    Service service = all(Service.class).stream()
                            .filter(any -> any.getMetadata()
                                    .getName()
                                    .equals(path.getBackend().getService().getName()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(service.getSpec().getPorts())
                            .extracting(port -> port.getName())
                            .contains(path.getBackend().getService().getPort().getName());
                });
    }

    private static List<Probe> probes() throws IOException {
        return List.of(
                program().getStartupProbe(),
                program().getLivenessProbe(),
                program().getReadinessProbe());
    }

    @Test
    void onlyTheWebhooksAreExposed() throws IOException {
        assertThat(all(Ingress.class).get(0).getSpec().getRules())
                .hasSize(1)
                .flatExtracting(rule -> rule.getHttp().getPaths())
                .extracting(path -> path.getPath() + " " + path.getPathType())
                .containsExactly("/webhook Prefix", "/resolve Prefix");
    }

    @Test
    void twoPodsRunAndOneStays() throws IOException {
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment().getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
                .isEqualTo(new IntOrString(0));
        assertThat(all(PodDisruptionBudget.class).get(0).getSpec().getMinAvailable())
                .isEqualTo(new IntOrString(1));
    }

    @Test
    void aPodMayFinishItsWork() throws IOException {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();

        // The program needs up to ten seconds to finish, and before that no new calls may arrive.
        long pause = Long.parseLong(
                program().getLifecycle().getPreStop().getExec().getCommand().get(1));
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(pause + 10);
    }

    @Test
    void thePodIsAsRestrictedAsPossible() throws IOException {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(program().getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(program().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(program().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(program().getResources().getLimits()).containsKey("memory");
        assertThat(program().getResources().getRequests()).containsKeys("memory", "cpu");
    }

    @Test
    void theServiceVariablesOfKubernetesAreNotSettings() throws IOException {
        assertThat(deployment().getSpec().getTemplate().getSpec().getEnableServiceLinks())
                .isFalse();
    }

    @Test
    void theProgramStartsWithItsSettings() throws IOException {
        Properties file = new Properties();
        try (var in = Files.newInputStream(FILES.resolve("settings.env"))) {
            file.load(in);
        }
        Map<String, String> given = new HashMap<>(SECRETS);
        file.stringPropertyNames().forEach(name -> given.put(name, file.getProperty(name)));

        assertThat(Deploy.settings()).containsAll(given.keySet());
        assertThat(new Settings(given).profile()).isEqualTo("prod");
        assertThat(program().getPorts())
                .extracting(port -> port.getContainerPort().toString())
                .containsExactly(given.get("PORT"), given.get("MANAGEMENT_PORT"));
    }

    /** The secret that the kustomization requires. */
    private static final Map<String, String> SECRETS = Map.of(
            "QISCUS_APP_ID", "app",
            "QISCUS_SECRET_KEY", "secret",
            "WEBHOOK_SECRET", "0123456789abcdef0123",
            "OPERATOR_TOKEN", "0123456789abcdef0123",
            "REDIS_PASSWORD", "password");

    @Test
    void theSecretsAreDocumented() throws IOException {
        assertThat(Files.readString(FILES.resolve("kustomization.yaml"))).contains(SECRETS.keySet());
    }

    @Test
    void kustomizeBuildsIt() throws Exception {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", FILES.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException notInstalled) {
            assumeThat(notInstalled).as("kubectl is not installed").isNull();
            return;
        }
        String built = new String(kubectl.getInputStream().readAllBytes());

        assertThat(kubectl.waitFor()).as(built).isZero();
        List<HasMetadata> manifests = new ArrayList<>();
        for (Object document : new Yaml().loadAll(built)) {
            if (!"ConfigMap".equals(((Map<?, ?>) document).get("kind"))) {
                manifests.add(parsed(document));
            }
        }
        assertThat(manifests).hasSize(6);
    }
}
