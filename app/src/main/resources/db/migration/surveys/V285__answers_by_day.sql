-- Figures of a period read the answers of one kind by their day.
create index survey_response_day on surveys.survey_response (kind, answered_at);
