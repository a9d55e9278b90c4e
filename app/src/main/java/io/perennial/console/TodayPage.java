package io.perennial.console;

import io.perennial.platform.web.Frames;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** Home: what should I do now, and why. */
@Controller
class TodayPage {

    private final Frames frames;

    TodayPage(Frames frames) {
        this.frames = frames;
    }

    @GetMapping("/")
    ModelAndView today() {
        return new ModelAndView("console/today", Map.of("frame", frames.frame("Today", "Today")));
    }
}
