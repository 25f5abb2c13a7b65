-- Two roles and a database, once, as the superuser of the PostgreSQL server:
--   psql -v owner_password="'…'" -v app_password="'…'" -f roles.sql
-- The first owns the tables and migrates them (DATABASE_OWNER_URL), the second serves pages (DATABASE_URL).
-- What the second may do with which table is granted by each start of Paktbuch.
create role paktbuch_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :owner_password;
create role paktbuch_app login nosuperuser nocreatedb nocreaterole nobypassrls password :app_password;
create database paktbuch owner paktbuch_owner encoding 'UTF8' template template0;
revoke all on database paktbuch from public;
grant connect, temporary on database paktbuch to paktbuch_owner;
grant connect on database paktbuch to paktbuch_app;
