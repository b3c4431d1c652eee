-- An account that speaks for an organisation.
select a.us, o.account, a.ends
from ours o
join audited a on a.organisation = o.organisation
