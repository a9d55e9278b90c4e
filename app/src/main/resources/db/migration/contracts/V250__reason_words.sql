-- What the words for a loss count as. The shipped words stand in a function, so that a company without any row of its own
-- has them; a row is the company's own word, or another opinion about a shipped one. The category of a loss is a plain
-- column: a trigger writes it with the loss, and whoever changes a word restates the losses of that word alone.
create function contracts.word_of(reason text)
    returns text
    language sql
    immutable
    parallel safe
    return lower(btrim(regexp_replace(coalesce(reason, ''), '[\s_]+', ' ', 'g')));

create function contracts.shipped_category(word text)
    returns text
    language sql
    immutable
    parallel safe
    return case
        when word in ('', 'unknown', 'n/a', 'none', '-') then 'unknown'
        when word in ('cost', 'price', 'pricing', 'too expensive', 'expensive') then 'cost'
        when word in ('value', 'no value', 'roi', 'low value') then 'value'
        when word in ('budget', 'budget cut', 'budget cuts', 'no budget') then 'budget'
        when word in ('no longer used', 'not used', 'unused', 'lack of use', 'lack of usage', 'stopped using')
            then 'no_longer_used'
        when word in ('bad fit', 'fit', 'features', 'missing features', 'missing feature') then 'bad_fit'
        when word in ('competitor', 'competition', 'switched to competitor') then 'competitor'
        when word in ('product maturity', 'maturity', 'no longer needed') then 'product_maturity'
        when word in ('poor service', 'service', 'support', 'poor support') then 'poor_service'
        when word in ('out of business', 'bankruptcy', 'closed') then 'out_of_business'
        when word = 'other' then 'other'
    end;

create table contracts.reason_word (
    word text primary key check (word <> '' and word = contracts.word_of(word)),
    title text not null, -- as people write it
    category text not null check (category in ('cost', 'value', 'budget', 'no_longer_used', 'bad_fit', 'competitor',
        'product_maturity', 'poor_service', 'out_of_business', 'other', 'unknown')),
    offered boolean not null default false, -- whether it can be chosen on screen, beside the categories
    set_by text not null,
    set_at timestamptz not null
);

alter table contracts.cancellation alter column category drop expression;

create or replace function contracts.reason_category(reason text)
    returns text
    language sql
    stable
    return coalesce(
        (select w.category from contracts.reason_word w where w.word = contracts.word_of(reason)),
        contracts.shipped_category(contracts.word_of(reason)),
        'other');

create function contracts.loss_categorised() returns trigger
    language plpgsql as $$
begin
    new.category := contracts.reason_category(new.reason);
    return new;
end $$;
create trigger categorised before insert or update of reason on contracts.cancellation
    for each row execute function contracts.loss_categorised();

create index cancellation_word on contracts.cancellation (contracts.word_of(reason));
create index cancellation_lost on contracts.cancellation (coalesce(effective_on, cancelled_on));

-- Words that are now known under the shipped list ('no longer used').
update contracts.cancellation set category = contracts.reason_category(reason)
where category <> contracts.reason_category(reason);

-- A loss moves revenue by its days and by whether the customer came back, not by its words.
create function contracts.loss_touched() returns trigger
    language plpgsql as $$
begin
    insert into contracts.revenue_changed
    select distinct t.account_id
    from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
    where (s.account_id, s.cancelled_on, s.effective_on, s.reactivated)
        is distinct from (f.account_id, f.cancelled_on, f.effective_on, f.reactivated);
    return null;
end $$;
drop trigger revenue_changed on contracts.cancellation;
create trigger revenue_changed after update on contracts.cancellation
    referencing old table as stale new table as fresh for each statement execute function contracts.loss_touched();
