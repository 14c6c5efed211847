import type { LineageKind } from './rows.ts';

/** A place of the old tree, what it became on 1 July 2025, and how the data says so. Codes are those of `readVietnamTree()`. */
export type Place = {
  /** The name the place went by when it was written about. */
  knownAs: string;
  before: { code: string; name: string; districtCode: string; district: string; province: string };
  after: { code: string; name: string; provinceCode: string; province: string };
  how: LineageKind;
};

const haTinh = { province: 'Tỉnh Hà Tĩnh', provinceCode: 'vn-p-42' } as const;
const tuyenQuang = { province: 'Tỉnh Tuyên Quang', provinceCode: 'vn-p-08' } as const;
const quangNinh = { province: 'Tỉnh Quảng Ninh', provinceCode: 'vn-p-22' } as const;

/** The communes the demo's villages, residential groups and cells lie in. */
export const PLACES = {
  camThanh: {
    knownAs: 'Xã Cẩm Thành',
    before: {
      code: 'vn-old-18694',
      name: 'Xã Cẩm Thành',
      districtCode: 'vn-old-d-ha-tinh-huyen-cam-xuyen',
      district: 'Huyện Cẩm Xuyên',
      province: 'Tỉnh Hà Tĩnh',
    },
    after: { code: '18685', name: 'Xã Cẩm Bình', ...haTinh },
    how: 'merge',
  },
  // Written about as a commune; the data has its code under the later rank of ward and the earlier name without a code.
  thachHa: {
    knownAs: 'Xã Thạch Hạ',
    before: {
      code: 'vn-old-18100',
      name: 'Phường Thạch Hạ',
      districtCode: 'vn-old-d-ha-tinh-thanh-pho-ha-tinh',
      district: 'Thành phố Hà Tĩnh',
      province: 'Tỉnh Hà Tĩnh',
    },
    after: { code: '18100', name: 'Phường Trần Phú', ...haTinh },
    how: 'merge',
  },
  thienLoc: {
    knownAs: 'Xã Thiên Lộc',
    before: {
      code: 'vn-old-18415',
      name: 'Xã Thiên Lộc',
      districtCode: 'vn-old-d-ha-tinh-huyen-can-loc',
      district: 'Huyện Can Lộc',
      province: 'Tỉnh Hà Tĩnh',
    },
    after: { code: '18406', name: 'Xã Can Lộc', ...haTinh },
    how: 'merge',
  },
  // Without a code in the data: it is one of the wards that were gone before the reorganisation, on a day the data does not give.
  nguyenDu: {
    knownAs: 'Phường Nguyễn Du',
    before: {
      code: 'vn-old-w-ha-tinh-thanh-pho-ha-tinh-phuong-nguyen-du',
      name: 'Phường Nguyễn Du',
      districtCode: 'vn-old-d-ha-tinh-thanh-pho-ha-tinh',
      district: 'Thành phố Hà Tĩnh',
      province: 'Tỉnh Hà Tĩnh',
    },
    after: { code: '18073', name: 'Phường Thành Sen', ...haTinh },
    how: 'merge',
  },
  langQuan: {
    knownAs: 'Xã Lang Quán',
    before: {
      code: 'vn-old-02479',
      name: 'Xã Lang Quán',
      districtCode: 'vn-old-d-tuyen-quang-huyen-yen-son',
      district: 'Huyện Yên Sơn',
      province: 'Tỉnh Tuyên Quang',
    },
    after: { code: '02473', name: 'Xã Yên Sơn', ...tuyenQuang },
    how: 'merge',
  },
  sonDuong: {
    knownAs: 'Thị trấn Sơn Dương',
    before: {
      code: 'vn-old-02536',
      name: 'Thị trấn Sơn Dương',
      districtCode: 'vn-old-d-tuyen-quang-huyen-son-duong',
      district: 'Huyện Sơn Dương',
      province: 'Tỉnh Tuyên Quang',
    },
    after: { code: '02536', name: 'Xã Sơn Dương', ...tuyenQuang },
    how: 'merge',
  },
  dongMai: {
    knownAs: 'Phường Đông Mai',
    before: {
      code: 'vn-old-07135',
      name: 'Phường Đông Mai',
      districtCode: 'vn-old-d-quang-ninh-thi-xa-quang-yen',
      district: 'Thị xã Quảng Yên',
      province: 'Tỉnh Quảng Ninh',
    },
    after: { code: '07135', name: 'Phường Đông Mai', ...quangNinh },
    how: 'merge',
  },
  hongPhong: {
    knownAs: 'Phường Hồng Phong',
    before: {
      code: 'vn-old-07120',
      name: 'Phường Hồng Phong',
      districtCode: 'vn-old-d-quang-ninh-thanh-pho-dong-trieu',
      district: 'Thành phố Đông Triều',
      province: 'Tỉnh Quảng Ninh',
    },
    after: { code: '07093', name: 'Phường Đông Triều', ...quangNinh },
    how: 'merge',
  },
  yenThanh: {
    knownAs: 'Phường Yên Thanh',
    before: {
      code: 'vn-old-06826',
      name: 'Phường Yên Thanh',
      districtCode: 'vn-old-d-quang-ninh-thanh-pho-uong-bi',
      district: 'Thành phố Uông Bí',
      province: 'Tỉnh Quảng Ninh',
    },
    after: { code: '06811', name: 'Phường Uông Bí', ...quangNinh },
    how: 'merge',
  },
  hucDong: {
    knownAs: 'Xã Húc Động',
    before: {
      code: 'vn-old-06859',
      name: 'Xã Húc Động',
      districtCode: 'vn-old-d-quang-ninh-huyen-binh-lieu',
      district: 'Huyện Bình Liêu',
      province: 'Tỉnh Quảng Ninh',
    },
    after: { code: '06838', name: 'Xã Bình Liêu', ...quangNinh },
    how: 'merge',
  },
} as const satisfies Record<string, Place>;
