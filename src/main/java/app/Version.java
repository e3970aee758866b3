package app;

/** The version of this program, which the build writes into the jar. */
public final class Version {

    private Version() {}

    public static String ours() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
