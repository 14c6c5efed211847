-- Works: what is built, dug, planted and restored. Kinds are data, and so is what is counted of each.
create table work_kind (
  key text primary key check (key ~ '^[a-z][a-z0-9-]*$'),
  place integer not null,
  -- {"vi": "Mở rộng đường", "en": "Road widened", "ar": "توسعة طريق"}
  names jsonb not null,
  -- [{"key", "names", "units", "adds", "whole", "most"}]: see packages/domain/src/works/kinds.ts
  measures jsonb not null,
  -- Not offered for new works any more.
  retired boolean not null default false
);
insert into work_kind (key, place, names, measures) values
  ('road-widened', 1, '{"vi": "Mở rộng đường", "en": "Road widened", "ar": "توسعة طريق"}',
   '[{"key": "length", "names": {"vi": "Chiều dài", "en": "Length", "ar": "الطول"}, "units": {"vi": "m", "en": "m", "ar": "م"}, "adds": true, "whole": false, "most": "100000"}, {"key": "width", "names": {"vi": "Chiều rộng", "en": "Width", "ar": "العرض"}, "units": {"vi": "m", "en": "m", "ar": "م"}, "adds": false, "whole": false, "most": "100"}]'),
  ('road-renovated', 2, '{"vi": "Tu sửa đường", "en": "Road renovated", "ar": "ترميم طريق"}',
   '[{"key": "length", "names": {"vi": "Chiều dài", "en": "Length", "ar": "الطول"}, "units": {"vi": "m", "en": "m", "ar": "م"}, "adds": true, "whole": false, "most": "100000"}, {"key": "width", "names": {"vi": "Chiều rộng", "en": "Width", "ar": "العرض"}, "units": {"vi": "m", "en": "m", "ar": "م"}, "adds": false, "whole": false, "most": "100"}]'),
  ('canal-new', 3, '{"vi": "Kênh mương xây mới", "en": "New canal", "ar": "شق قناة ري جديدة"}',
   '[{"key": "length", "names": {"vi": "Chiều dài", "en": "Length", "ar": "الطول"}, "units": {"vi": "km", "en": "km", "ar": "كم"}, "adds": true, "whole": false, "most": "1000"}]'),
  ('canal-dredged', 4, '{"vi": "Nạo vét kênh mương", "en": "Canal dredged", "ar": "تطهير قناة ري"}',
   '[{"key": "length", "names": {"vi": "Chiều dài", "en": "Length", "ar": "الطول"}, "units": {"vi": "km", "en": "km", "ar": "كم"}, "adds": true, "whole": false, "most": "1000"}]'),
  ('drain', 5, '{"vi": "Rãnh thoát nước", "en": "Drain", "ar": "مصرف مياه"}',
   '[{"key": "length", "names": {"vi": "Chiều dài", "en": "Length", "ar": "الطول"}, "units": {"vi": "m", "en": "m", "ar": "م"}, "adds": true, "whole": false, "most": "100000"}]'),
  ('drain-cleared', 6, '{"vi": "Khơi thông rãnh, hành lang đường", "en": "Drains and roadsides cleared", "ar": "تنظيف المصارف وجوانب الطرق"}',
   '[{"key": "length", "names": {"vi": "Chiều dài", "en": "Length", "ar": "الطول"}, "units": {"vi": "km", "en": "km", "ar": "كم"}, "adds": true, "whole": false, "most": "1000"}]'),
  ('garden-mixed', 7, '{"vi": "Cải tạo vườn tạp", "en": "Neglected garden renewed", "ar": "إصلاح حديقة مهملة"}',
   '[{"key": "count", "names": {"vi": "Số vườn", "en": "Gardens", "ar": "عدد الحدائق"}, "units": {"vi": "vườn", "en": "gardens", "ar": "حديقة"}, "adds": true, "whole": true, "most": "1000000"}]'),
  ('garden-household', 8, '{"vi": "Cải tạo vườn hộ", "en": "Household garden improved", "ar": "تحسين حديقة منزلية"}',
   '[{"key": "count", "names": {"vi": "Số vườn", "en": "Gardens", "ar": "عدد الحدائق"}, "units": {"vi": "vườn", "en": "gardens", "ar": "حديقة"}, "adds": true, "whole": true, "most": "1000000"}]'),
  ('garden-model', 9, '{"vi": "Vườn mẫu", "en": "Model garden", "ar": "حديقة نموذجية"}',
   '[{"key": "count", "names": {"vi": "Số vườn", "en": "Gardens", "ar": "عدد الحدائق"}, "units": {"vi": "vườn", "en": "gardens", "ar": "حديقة"}, "adds": true, "whole": true, "most": "1000000"}]'),
  ('house-of-culture', 10, '{"vi": "Nhà văn hóa", "en": "House of culture", "ar": "دار ثقافة"}',
   '[{"key": "count", "names": {"vi": "Số nhà", "en": "Houses", "ar": "عدد الدور"}, "units": {"vi": "nhà", "en": "houses", "ar": "دار"}, "adds": true, "whole": true, "most": "1000"}, {"key": "area", "names": {"vi": "Diện tích", "en": "Area", "ar": "المساحة"}, "units": {"vi": "m²", "en": "m²", "ar": "م²"}, "adds": true, "whole": false, "most": "100000"}]'),
  ('lamps', 11, '{"vi": "Đèn đường", "en": "Street lamps", "ar": "إنارة شوارع"}',
   '[{"key": "count", "names": {"vi": "Số đèn", "en": "Lamps", "ar": "عدد المصابيح"}, "units": {"vi": "đèn", "en": "lamps", "ar": "مصباح"}, "adds": true, "whole": true, "most": "1000000"}]'),
  ('cameras', 12, '{"vi": "Camera an ninh", "en": "Security cameras", "ar": "كاميرات مراقبة"}',
   '[{"key": "count", "names": {"vi": "Số camera", "en": "Cameras", "ar": "عدد الكاميرات"}, "units": {"vi": "camera", "en": "cameras", "ar": "كاميرا"}, "adds": true, "whole": true, "most": "1000000"}]'),
  ('restoration', 13, '{"vi": "Tu bổ, tôn tạo", "en": "Restoration", "ar": "ترميم وإحياء"}',
   '[{"key": "count", "names": {"vi": "Số hạng mục", "en": "Sites", "ar": "عدد المواقع"}, "units": {"vi": "hạng mục", "en": "sites", "ar": "موقع"}, "adds": true, "whole": true, "most": "1000000"}]'),
  ('model-area', 14, '{"vi": "Hỗ trợ khu dân cư mẫu", "en": "Model residential area supported", "ar": "دعم حي سكني نموذجي"}',
   '[{"key": "count", "names": {"vi": "Số khu dân cư", "en": "Areas", "ar": "عدد الأحياء"}, "units": {"vi": "khu", "en": "areas", "ar": "حي"}, "adds": true, "whole": true, "most": "10000"}]'),
  ('other', 15, '{"vi": "Công trình khác", "en": "Other work", "ar": "عمل آخر"}',
   '[{"key": "count", "names": {"vi": "Số hạng mục", "en": "Items", "ar": "عدد البنود"}, "units": {"vi": "hạng mục", "en": "items", "ar": "بند"}, "adds": true, "whole": true, "most": "1000000"}]');

create table work (
  unit_id integer not null,
  id uuid not null,
  kind text not null references work_kind (key),
  title text not null,
  -- Where, in words; and on a map: {"type": "point" | "line", "points": [[latitude, longitude]]}.
  place text not null default '',
  spot jsonb,
  -- The drive its money comes from and the task it came from, of this unit.
  drive_id uuid,
  task_id uuid,
  -- The person of the unit in charge.
  responsible uuid,
  -- When it was meant to begin and to be done.
  starts date not null,
  due date not null check (due >= starts),
  state text not null check (state in ('planned', 'under-way', 'done', 'handed-over', 'stopped')),
  state_on date not null,
  -- Why it stopped, or was opened again.
  reason text not null default '',
  check (state <> 'stopped' or reason <> ''),
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Rises with every write, so that two people do not overwrite each other unseen.
  revision integer not null default 1,
  primary key (unit_id, id),
  foreign key (unit_id, drive_id) references contribution_drive (unit_id, id)
);
create index work_drive on work (unit_id, drive_id) where drive_id is not null;
create index work_task on work (unit_id, task_id) where task_id is not null;

create table work_quantity (
  unit_id integer not null,
  work_id uuid not null,
  measure text not null,
  planned numeric(16, 3) check (planned >= 0),
  -- The sum of its reports.
  done numeric(16, 3) not null default 0 check (done >= 0),
  primary key (unit_id, work_id, measure),
  foreign key (unit_id, work_id) references work (unit_id, id)
);

-- What each report added to what was done; below zero where it corrects one before.
create table work_report (
  unit_id integer not null,
  work_id uuid not null,
  seq integer not null,
  measure text not null,
  on_day date not null,
  added numeric(16, 3) not null check (added <> 0),
  note text not null default '',
  actor text not null,
  at timestamptz not null,
  primary key (unit_id, work_id, seq, measure),
  foreign key (unit_id, work_id, measure) references work_quantity (unit_id, work_id, measure)
);

-- Every state it took.
create table work_step (
  unit_id integer not null,
  work_id uuid not null,
  seq integer not null,
  state text not null,
  on_day date not null,
  reason text not null default '',
  actor text not null,
  at timestamptz not null,
  primary key (unit_id, work_id, seq),
  foreign key (unit_id, work_id) references work (unit_id, id)
);

-- Money that went into it, in the smallest unit of its currency. One entered wrongly stays, withdrawn.
create table work_cost (
  unit_id integer not null,
  id uuid not null,
  work_id uuid not null,
  source text not null check (source in ('people', 'budget', 'sponsor', 'loan', 'other')),
  -- Which budget, whose gift.
  origin text not null default '',
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  on_day date not null,
  actor text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text not null default '',
  check ((withdrawn_at is null) = (withdrawn_reason = '')),
  primary key (unit_id, id),
  foreign key (unit_id, work_id) references work (unit_id, id)
);
create index work_cost_of on work_cost (unit_id, work_id);

create table work_photo (
  unit_id integer not null,
  id uuid not null,
  work_id uuid not null,
  phase text not null check (phase in ('before', 'during', 'after')),
  file_digest text not null references file (digest),
  caption text not null default '',
  added_by text not null,
  added_at timestamptz not null,
  primary key (unit_id, id),
  foreign key (unit_id, work_id) references work (unit_id, id)
);
create index work_photo_of on work_photo (unit_id, work_id);
