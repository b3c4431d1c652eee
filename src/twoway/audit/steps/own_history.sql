-- An own post of any time, public, standing, by its class.
select organisation, post, said_at, class from classed
