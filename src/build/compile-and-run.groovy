// mvn camel:run starts this: see the pom. It compiles the project without the checks of a build, then runs the class in the
// first argument, with the arguments of -Dargs="..".
def mvn = [System.getProperty('maven.home'), 'bin', System.getProperty('os.name').startsWith('Windows') ? 'mvn.cmd' : 'mvn']
        .join(File.separator)
def compile = [mvn, '-q', '-B', '-Denforcer.skip', '-Dspotless.check.skip', 'compile']
def repository = System.getProperty('maven.repo.local')
if (repository) {
    compile << "-Dmaven.repo.local=$repository".toString()
}
def base = new File(System.getProperty('maven.multiModuleProjectDirectory'))
def process = new ProcessBuilder(compile).directory(base).inheritIO().start()
if (process.waitFor() != 0) {
    System.exit(1)
}
// The current class loader was created before target/classes existed.
def context = Thread.currentThread().contextClassLoader
while (!(context instanceof URLClassLoader) || context instanceof GroovyClassLoader) {
    context = context.parent
}
def urls = [new File(base, 'target/classes').toURI().toURL()] + (context.URLs as List)
def loader = new URLClassLoader(urls as URL[], ClassLoader.platformClassLoader)
Thread.currentThread().contextClassLoader = loader
loader.loadClass(args[0]).getMethod('main', String[]).invoke(null, [System.getProperty('args', '').tokenize() as String[]] as Object[])
