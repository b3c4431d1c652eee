-- A kind and the bit by which `theirs` and `ours` of said and `kinds` of wordings add it up: two to the power
-- of its place in core.readings.THEIR_KINDS or OUR_KINDS.
select *
from (
    values ('theirs', 'question', 1), ('theirs', 'complaint', 2), ('theirs', 'request', 4),
        ('theirs', 'praise', 8), ('theirs', 'story', 16), ('theirs', 'statement', 32),
        ('theirs', 'closer', 64), ('theirs', 'withdrawal', 128), ('theirs', 'spam', 256),
        ('theirs', 'unsure', 512), ('ours', 'asks', 1), ('ours', 'promise', 2),
        ('ours', 'invitation', 4), ('ours', 'taken_private', 8), ('ours', 'thanks', 16),
        ('ours', 'offer', 32), ('ours', 'launch', 64), ('ours', 'own_link', 128),
        ('ours', 'featuring', 256), ('ours', 'question', 512), ('ours', 'daily_life', 1024),
        ('ours', 'information', 2048)
) as every (side, kind, bit)
