-- What lies between a referral to a post and the first day at work. New values are used in a later transaction than the one that adds them.
alter type "OutcomeKind" add value 'JOB_INTERVIEWED';
alter type "OutcomeKind" add value 'JOB_NOT_TAKEN';
