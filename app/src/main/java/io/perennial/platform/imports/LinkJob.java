package io.perennial.platform.imports;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import org.springframework.stereotype.Component;

/** Brings in the rows of an earlier import whose missing records have arrived. */
@Component
class LinkJob implements JobHandler {

    static final String KIND = "import-link";

    private final ImportJob imports;

    LinkJob(ImportJob imports) {
        this.imports = imports;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        return imports.link(run);
    }
}
