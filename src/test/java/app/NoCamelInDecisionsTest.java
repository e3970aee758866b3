package app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qiscus.QiscusFaults;

/** Decisions and messages do not depend on routes. One class translates what camel-http throws. */
class NoCamelInDecisionsTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .importPath(Application.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());

    @ParameterizedTest
    @ValueSource(strings = {"assignment", "qiscus"})
    void onlyQiscusFaultsUsesCamel(String packageName) {
        noClasses()
                .that()
                .resideInAPackage(packageName + "..")
                .and()
                .areNotAssignableTo(QiscusFaults.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(PROGRAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "routes", "store", "simulator", "qiscus", "org.springframework", "redis"})
    void decisionsDependOnNoOtherLayer(String outside) {
        noClasses()
                .that()
                .resideInAPackage("assignment..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(outside + "..")
                .check(PROGRAM);
    }
}
