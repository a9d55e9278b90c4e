package io.perennial.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Home: what should I do now, and why. */
@Controller
class TodayPage {

    @GetMapping("/")
    String today() {
        return "console/today";
    }
}
