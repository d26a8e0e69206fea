-- Daybook's three roles and its database, for a PostgreSQL that `make run` does not make itself.
--
--   DAYBOOK_OWNER_PASSWORD=... DAYBOOK_APP_PASSWORD=... DAYBOOK_BACKUP_PASSWORD=... \
--     psql --no-psqlrc --set ON_ERROR_STOP=1 -d postgres -f config/local/roles.sql
--
-- Run once, as a superuser or a managed service's administrator. The app role is bound by row-level security: it
-- is no member of the owner, owns nothing and cannot switch the policies off.

\getenv owner_password DAYBOOK_OWNER_PASSWORD
\getenv app_password DAYBOOK_APP_PASSWORD
\getenv backup_password DAYBOOK_BACKUP_PASSWORD

CREATE ROLE daybook_owner LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE daybook_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
CREATE ROLE daybook_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO daybook_backup;

-- A managed administrator is no superuser and may only give a database to a role it belongs to.
GRANT daybook_owner TO CURRENT_USER;
CREATE DATABASE daybook OWNER daybook_owner;
REVOKE ALL ON DATABASE daybook FROM PUBLIC;
GRANT CONNECT ON DATABASE daybook TO daybook_app, daybook_backup;
REVOKE daybook_owner FROM CURRENT_USER;
