-- An account's page asks what ran for that one account, and planning these long functions anew took longer than answering them. For a
-- few accounts one plan serves all; for many it would not: the same texts, with the plan kept.
do $$
declare
    lines text := pg_get_functiondef('contracts.lines(uuid[])'::regprocedure);
    levels text := pg_get_functiondef('contracts.levels(uuid[], int)'::regprocedure);
begin
    execute replace(
        replace(lines, 'FUNCTION contracts.lines(', 'FUNCTION contracts.lines_of_few('), 'force_custom_plan', 'force_generic_plan');
    execute replace(
        replace(levels, 'FUNCTION contracts.levels(', 'FUNCTION contracts.levels_of_few('), 'contracts.lines(', 'contracts.lines_of_few(');
end $$;

alter function contracts.levels_of_few(uuid[], int) set plan_cache_mode = force_generic_plan;
