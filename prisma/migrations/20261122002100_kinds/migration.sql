-- More families of support, and what may be said to have become of each. New values are used in a later transaction than the one that adds them.
alter type "SupportFamily" add value 'REVOLVING';
alter type "SupportFamily" add value 'CREDIT';
alter type "SupportFamily" add value 'JOB';
alter type "SupportFamily" add value 'OFFTAKE';
alter type "SupportFamily" add value 'GOODS';
alter type "SupportFamily" add value 'WORKS';
alter type "SupportFamily" add value 'LABOUR';

alter type "OutcomeKind" add value 'CAPITAL_PAID_BACK';
alter type "OutcomeKind" add value 'CAPITAL_LENT_ON';
alter type "OutcomeKind" add value 'CREDIT_GRANTED';
alter type "OutcomeKind" add value 'CREDIT_REFUSED';
alter type "OutcomeKind" add value 'CREDIT_PURPOSE_CHECKED';
alter type "OutcomeKind" add value 'JOB_STARTED';
alter type "OutcomeKind" add value 'JOB_KEPT';
alter type "OutcomeKind" add value 'JOB_LOST';
alter type "OutcomeKind" add value 'PRODUCE_BOUGHT';
alter type "OutcomeKind" add value 'PRODUCE_PAID';
alter type "OutcomeKind" add value 'GOODS_IN_USE';
alter type "OutcomeKind" add value 'COMPLETION_SIGNED';
alter type "OutcomeKind" add value 'WORK_DONE';
