-- step: words and dice
-- Everything below is drawn from these dice: the same numbers give the same company, to the last row.
create function pg_temp.dice(n bigint, salt bigint) returns float8 language sql immutable parallel safe
    return (hashint8extended(n, salt) & 9007199254740991) / 9007199254740992.0::float8;
create function pg_temp.bell(n bigint, salt bigint) returns float8 language sql immutable parallel safe
    return sqrt(-2 * ln(pg_temp.dice(n, salt) + 1e-12)) * cos(6.283185307179586 * pg_temp.dice(n, salt + 1000000));
create function pg_temp.pick(words text[], n bigint, salt bigint) returns text language sql immutable parallel safe
    return words[1 + floor(pg_temp.dice(n, salt) * cardinality(words))::int];
-- Rising ids of version 7, as the product makes them.
create function pg_temp.rising(n bigint, kind text) returns uuid language sql immutable parallel safe
    return (lpad(to_hex(1730000000000 + n), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || 'a'
        || substr(md5(kind || n), 4, 15))::uuid;
create function pg_temp.stem(n bigint, salt bigint) returns text language sql immutable parallel safe
    return pg_temp.pick('{Al,Bor,Cal,Dor,El,Fen,Gal,Hav,Il,Jun,Kar,Lor,Mar,Nor,Ost,Pel,Quin,Ros,Sol,Tor,Ul,Vel,Wes,Zan}', n, salt)
        || pg_temp.pick('{a,e,i,o,da,mi,ro,va,li,ne,no,sta,ver,bri,den,go,ka,lu,ter,ma}', n, salt + 1)
        || pg_temp.pick('{ra,nis,tec,dale,mont,field,berg,via,nova,lux,ton,ric,mark,port,vale,dor}', n, salt + 2);
create function pg_temp.first_name(n bigint, salt bigint) returns text language sql immutable parallel safe
    return pg_temp.pick('{Ada,Aino,Alma,Amir,Ana,Anton,Aoife,Arjun,Astrid,Bela,Bruno,Carla,Chen,Clara,Dana,Davit,Diego,Edda,Elif,Emil,Enzo,Erin,Eva,Farid,Femi,Finn,Freya,Greta,Hana,Hugo,Ida,Igor,Ines,Isla,Ivan,Jana,Joao,Jon,Kaia,Karim,Kofi,Lara,Lena,Levi,Lina,Luis,Luka,Maja,Marco,Mei,Mia,Mila,Nadia,Nils,Noa,Nora,Ola,Omar,Otto,Pablo,Petra,Priya,Rafa,Rita,Rosa,Sami,Sara,Sofia,Sven,Tara,Tom,Uma,Vera,Yara,Yusuf,Zoe}', n, salt);
create function pg_temp.last_name(n bigint, salt bigint) returns text language sql immutable parallel safe
    return pg_temp.pick('{Ander,Berg,Castel,Dahl,Eriks,Fer,Gruen,Holm,Ilv,Jans,Kowal,Lind,Moren,Nak,Okaf,Petr,Quist,Ross,Sand,Tor,Ull,Varg,Wester,Yild,Zamor}', n, salt)
        || pg_temp.pick('{son,es,sen,ov,er,a,ski,berg,mann,i,oglu,ez,strom,ley,ström}', n, salt + 1);
set session_replication_role = replica; -- references hold by construction; checking each row would take longer than writing it

-- step: 128 colleagues
insert into identity.team_member (id, external_id, name, email, role, created_at, updated_at)
select pg_temp.rising(n, 'member'), 'staff-' || n, pg_temp.first_name(n, 1) || ' ' || pg_temp.last_name(n, 2) || ' ' || chr(64 + (1 + n % 26)::int) || '.',
    'staff-' || n || '@vendor.example', case when n <= 100 then 'CSM' when n <= 108 then 'LEADER' else 'SUPPORT' end, now(), now()
from generate_series(1, 128) n
on conflict do nothing;
