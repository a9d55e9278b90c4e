-- How a customer felt, from the word of whoever spoke with them: the one reading of such words. Null for words that nobody knows.
create function metrics.mood_of(said text) returns text
    language sql immutable parallel safe
    return case
        when lower(btrim(said)) in ('content', 'happy', 'satisfied', 'delighted', 'good', 'great', 'pleased', 'friendly', 'relieved',
            'positive', '4', '5') then 'content'
        when lower(btrim(said)) in ('neutral', 'ok', 'okay', 'calm', 'fine', 'mixed', 'factual', '3') then 'neutral'
        when lower(btrim(said)) in ('anxious', 'worried', 'nervous', 'tense') then 'anxious'
        when lower(btrim(said)) in ('restless', 'impatient', 'wavering', 'looking around') then 'restless'
        when lower(btrim(said)) in ('angry', 'furious', 'upset', 'annoyed', 'frustrated') then 'angry'
        when lower(btrim(said)) in ('negative', 'unhappy', 'bad', 'disappointed', '1', '2') then 'unhappy'
    end;
