-- A profile that is missing is made as the trigger would have made it: its e-mail and name are the user's own word.
create function provisioning.mend_profiles_of(ids uuid[]) returns setof uuid
    language sql security definer set search_path = '' as $$
    insert into provisioning.users (id, full_name, full_name_as_of, avatar_url, email, email_as_of, metadata)
    select a.id, a.raw_user_meta_data ->> 'full_name',
           case when a.raw_user_meta_data ->> 'full_name' is not null then provisioning.own_word() end,
           a.raw_user_meta_data ->> 'avatar_url', a.email,
           case when a.email is not null then provisioning.own_word() end, coalesce(a.raw_user_meta_data, '{}')
    from auth.users a left join provisioning.users u on u.id = a.id
    where u.id is null and a.id = any (ids)
    on conflict (id) do nothing
    returning id
$$;
revoke all on function provisioning.mend_profiles_of(uuid[]) from public;
grant execute on function provisioning.mend_profiles_of(uuid[]) to provisioning_service;

create or replace function provisioning.mend_profiles(most integer) returns setof uuid
    language sql security definer set search_path = '' as $$
    select provisioning.mend_profiles_of(array(
        select a.id from auth.users a left join provisioning.users u on u.id = a.id
        where u.id is null order by a.id limit most))
$$;
