package io.perennial.scenarios;

import io.perennial.platform.background.Loop;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.util.ClassUtils;

/**
 * A server beside the first, over the same database and mail server: its workers and all that they work with are new and remember
 * nothing. So it is also the first one after a restart. It answers no requests; the clock and the platform are those of the first.
 */
final class AnotherServer implements AutoCloseable {

    private static final Pattern OF_ALL = Pattern.compile(
            "io\\.perennial\\.(shared|platform|identity|world|demo|console|cases|events|knowledge|metrics|growth|statements|defects)\\..*"
                    + "|.*\\.web\\..*|.*SmtpListener");

    private final AnnotationConfigApplicationContext started = new AnnotationConfigApplicationContext();

    AnotherServer(ConfigurableApplicationContext first) {
        ConfigurableListableBeanFactory beans = first.getBeanFactory();
        started.setEnvironment(first.getEnvironment());
        started.setParent(first);
        started.getBeanFactory().setConversionService(beans.getConversionService());
        started.register(Transactions.class);
        Arrays.stream(beans.getBeanDefinitionNames())
                .filter(name -> isWorked(beans.getBeanDefinition(name)))
                .forEach(name -> started.registerBeanDefinition(name, copy(beans.getBeanDefinition(name))));
        started.refresh();
    }

    List<Loop> loops() {
        return List.copyOf(started.getBeansOfType(Loop.class).values());
    }

    private static boolean isWorked(BeanDefinition bean) {
        String type = bean.getBeanClassName();
        if (type == null
                || !type.startsWith("io.perennial.")
                || OF_ALL.matcher(type).matches()
                || bean.getFactoryMethodName() != null) {
            return false;
        }
        Class<?> is = ClassUtils.resolveClassName(type, null);
        return !AnnotatedElementUtils.hasAnnotation(is, TestComponent.class)
                && !AnnotatedElementUtils.hasAnnotation(is, Configuration.class);
    }

    private static BeanDefinition copy(BeanDefinition bean) {
        return ((AbstractBeanDefinition) bean).cloneBeanDefinition();
    }

    @Override
    public void close() {
        started.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {}
}
