-- A post that only continues another one, and the first piece under which the whole is known.
select post as piece, first_piece as post
from threads
where first_piece <> post
