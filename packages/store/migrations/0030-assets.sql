-- Things that criteria rely on: codes on houses, public networks, cameras, pumps. Kinds are data; packs name them by key.
create table asset_kind (
  key text primary key check (key ~ '^[a-z][a-z0-9-]*$'),
  -- {"vi": "mã QR", "en": "QR code", "ar": "رمز QR"}
  names jsonb not null
);
insert into asset_kind (key, names) values
  ('qr-code', '{"vi": "Mã QR", "en": "QR code", "ar": "رمز QR"}'),
  ('wifi', '{"vi": "Wi-Fi công cộng", "en": "Public Wi-Fi", "ar": "شبكة واي فاي عامة"}'),
  ('camera', '{"vi": "Camera an ninh", "en": "Security camera", "ar": "كاميرا مراقبة"}'),
  ('irrigation', '{"vi": "Tưới tự động", "en": "Automatic irrigation", "ar": "ري آلي"}'),
  ('loudspeaker', '{"vi": "Loa truyền thanh", "en": "Public loudspeaker", "ar": "مكبر صوت عام"}'),
  ('display', '{"vi": "Bảng điện tử", "en": "Electronic display", "ar": "لوحة إلكترونية"}'),
  ('lighting', '{"vi": "Đèn đường tự động", "en": "Automatic street lighting", "ar": "إنارة طرق آلية"}'),
  ('pump', '{"vi": "Máy bơm", "en": "Pump", "ar": "مضخة"}'),
  ('other', '{"vi": "Tài sản số khác", "en": "Other digital asset", "ar": "أصل رقمي آخر"}');

create table asset (
  unit_id integer not null,
  id uuid not null,
  kind text not null references asset_kind (key),
  name text not null,
  place text not null default '',
  -- Somebody answers for it: a person of the unit, or an organisation by its name.
  owner_person uuid,
  owner_organisation text,
  registered_on date not null,
  retired_on date check (retired_on >= registered_on),
  retired_at timestamptz,
  retired_reason text,
  primary key (unit_id, id),
  check ((owner_person is null) <> (owner_organisation is null))
);

-- Every look at it, the first one when it was registered. `at` tells what was known when a sheet was judged.
create table asset_check (
  unit_id integer not null,
  asset_id uuid not null,
  seq integer not null,
  checked_on date not null,
  at timestamptz not null,
  actor text not null,
  state text not null check (state in ('working', 'broken')),
  note text not null default '',
  next_check date not null,
  primary key (unit_id, asset_id, seq)
);
