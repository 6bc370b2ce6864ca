-- On the first start of compose.yaml's PostgreSQL: the ordinary role that owns the hub's database. The hub refuses to run as a superuser.
\getenv password OWNER_PASSWORD
create role chungtay_owner login createrole password :'password';
create database chungtay owner chungtay_owner;
