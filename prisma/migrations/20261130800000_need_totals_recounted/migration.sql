-- A need beyond all bounds that an earlier hub recorded was counted before the bounds came; recount_need_totals leaves it out.
select recount_need_totals();
