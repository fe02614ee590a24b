-- A case that was taken up again gets a certificate of its own; the revoked one stays and stays to be seen.
alter table certificate drop constraint certificate_application_id_key;
create index certificate_application on certificate (application_id, issued_at desc);
