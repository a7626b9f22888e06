package io.langfuse4j.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** Loads one class and those nested in it anew, woven; everything else comes from the parent. */
final class WovenClasses extends ClassLoader {

  /** How a class file is rewritten; null leaves it. */
  @FunctionalInterface
  interface Rewriting {
    byte[] apply(String className, byte[] classFile);
  }

  private final String name;
  private final Rewriting rewriting;

  private WovenClasses(Class<?> type, Rewriting rewriting) {
    super(type.getClassLoader());
    this.name = type.getName();
    this.rewriting = rewriting;
  }

  static Object newInstance(Class<?> type, Rewriting rewriting) {
    try {
      return load(type, rewriting).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static Class<?> load(Class<?> type, Rewriting rewriting) {
    try {
      return new WovenClasses(type, rewriting).loadClass(type.getName());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** As the agent does it. */
  static Rewriting atLoadTime() {
    ObserveWeaver weaver = new ObserveWeaver();
    return (name, file) -> weaver.weave(name, file, WovenClasses.class.getClassLoader());
  }

  /** As the build plugin does it. */
  static Rewriting atBuildTime() {
    return (name, file) -> {
      ClassFileLocator locator =
          new ClassFileLocator.Compound(
              ClassFileLocator.Simple.of(name, file),
              ClassFileLocator.ForClassLoader.of(WovenClasses.class.getClassLoader()));
      TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
      try (Plugin plugin = new ObservePlugin()) {
        return plugin.matches(type)
            ? plugin.apply(new ByteBuddy().decorate(type, locator), type, locator).make().getBytes()
            : null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Override
  protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(wanted)) {
      Class<?> loaded = findLoadedClass(wanted);
      if (loaded != null) {
        return loaded;
      }
      return wanted.equals(name) || wanted.startsWith(name + "$")
          ? define(wanted)
          : super.loadClass(wanted, resolve);
    }
  }

  private Class<?> define(String wanted) {
    byte[] file = classFile(wanted);
    byte[] woven = rewriting.apply(wanted, file);
    byte[] chosen = woven == null ? file : woven;
    return defineClass(wanted, chosen, 0, chosen.length);
  }

  private byte[] classFile(String wanted) {
    try (InputStream in = getResourceAsStream(wanted.replace('.', '/') + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
