import type { Words } from '../composing/public.ts';
import {
  composeAddendum,
  composeAgenda,
  composeAttendance,
  composeMinutes,
  composeNotice,
  composeResolution,
  composeScoreSheet,
} from '../composing/public.ts';
import type { Language, Layout } from '../layouts/public.ts';
import type { DocumentModel } from '../model/public.ts';

/** What is said in one meeting, in the three languages; nobody of it exists. */
const said = {
  vi: {
    superior: 'Đảng bộ xã Đồng Sen',
    name: 'Chi bộ thôn Đông',
    place: 'Đồng Sen',
    meeting: 'Sinh hoạt chi bộ thường kỳ tháng 11/2026',
    hall: 'Nhà văn hóa thôn Đông',
    chair: 'Bí thư chi bộ số 1',
    recorder: 'Đảng viên số 3',
    person: 'Đảng viên số',
    items: ['Tình hình tháng 10 và nhiệm vụ tháng 11', 'Xây dựng tuyến đường hoa qua ngõ Giữa', 'Thông qua nghị quyết'],
    opened: 'Cuộc họp bắt đầu lúc 19 giờ 30. Có mặt 20 trong 22 đảng viên; vắng có lý do 1; miễn sinh hoạt 1.',
    discussed:
      'Có 7 ý kiến phát biểu. Các ý kiến thống nhất làm trước đoạn từ cổng làng đến nhà văn hóa, dài 320 m, mỗi hộ góp hai ngày công; không vận động hộ nghèo, hộ có hoàn cảnh khó khăn.',
    decided: ['Làm 320 m đường hoa trước ngày 20/12/2026.', 'Kiểm tra camera ở ba ngõ vào thôn mỗi tháng một lần.'],
    task: 'Lập danh sách hộ tự nguyện góp công',
    basis: 'Căn cứ biên bản sinh hoạt chi bộ ngày 5/11/2026;',
    correction: 'Tại mục 2, độ dài đoạn đường đúng là 302 m.',
    programme: 'Chi bộ bốn tốt',
    group: 'Chất lượng sinh hoạt tốt',
    criteria: ['Sinh hoạt đúng ngày cố định', 'Tỷ lệ đảng viên dự họp từ 85 % trở lên'],
    met: 'Đạt',
    level: 'Tốt',
  },
  en: {
    superior: 'Union of co-operatives of Green River',
    name: 'East branch of the weavers’ co-operative',
    place: 'Green River',
    meeting: 'Monthly meeting, November 2026',
    hall: 'Weaving hall',
    chair: 'Chair of the branch',
    recorder: 'Member no. 3',
    person: 'Member no.',
    items: ['Accounts of October', 'A dyeing shed by the canal', 'Vote on the resolution'],
    opened: 'The meeting began at 19:30. Present were 20 of 22 members; one was excused, one is exempt.',
    discussed:
      'Seven people spoke. All agreed to build the shed before the rains and to buy the timber from the mill by the canal, which offered the lower price of the two that were asked.',
    decided: ['The shed is built by 20 December 2026.', 'The accounts are shown at the door every month.'],
    task: 'Ask two mills for a price',
    basis: 'Having regard to the minutes of 5 November 2026;',
    correction: 'In item 2 the length of the shed is 30.2 m.',
    programme: 'Self-review of a co-operative',
    group: 'Members take part',
    criteria: ['Meetings on the fixed day', 'At least half of the members present'],
    met: 'Met',
    level: 'Good',
  },
  ar: {
    superior: 'اتحاد تعاونيات النهر الأخضر',
    name: 'الفرع الشرقي لتعاونية النسّاجين',
    place: 'النهر الأخضر',
    meeting: 'الاجتماع الدوري لشهر نوفمبر ٢٠٢٦',
    hall: 'قاعة النسيج',
    chair: 'رئيس الفرع',
    recorder: 'العضو رقم ٣',
    person: 'العضو رقم',
    items: ['حسابات شهر أكتوبر', 'بناء مظلة صباغة قرب القناة', 'التصويت على القرار'],
    opened: 'بدأ الاجتماع الساعة ١٩:٣٠. حضر ٢٠ من ٢٢ عضوًا، وغاب عضو بعذر، وعضو واحد معفى.',
    discussed:
      'تحدث سبعة أعضاء، واتفق الجميع على بناء المظلة قبل موسم الأمطار وشراء الخشب من المنشرة الواقعة على القناة لأن سعرها أقل (المرجع QR-12/2026).',
    decided: ['تُبنى المظلة قبل ٢٠ ديسمبر ٢٠٢٦.', 'تُعرض الحسابات عند الباب كل شهر.'],
    task: 'طلب عرض سعر من منشرتين',
    basis: 'بناءً على محضر ٥ نوفمبر ٢٠٢٦؛',
    correction: 'في البند ٢ طول المظلة ٣٠٫٢ م.',
    programme: 'التقييم الذاتي للتعاونية',
    group: 'مشاركة الأعضاء',
    criteria: ['الاجتماع في اليوم المحدد', 'حضور نصف الأعضاء على الأقل'],
    met: 'مستوفى',
    level: 'جيد',
  },
} as const satisfies Record<Language, unknown>;

const startsAt = new Date('2026-11-05T12:30:00Z');
const signed = { at: new Date('2026-11-05T14:25:00Z'), how: 'typed' } as const;
const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
/** The unit kind whose symbols each family knows. */
const kinds: Record<string, string> = { 'vn-party': 'cell', 'vn-state': 'commune', 'vn-village': 'village' };
const heads: Record<string, string> = { 'vn-state': 'chair', 'vn-village': 'village-head' };

/** Every document of one meeting in one family and language, with what must be found in it. */
export function samples(
  layout: Layout,
  words: Words,
): { document: DocumentModel; says: string[]; pages: [least: number, most: number] }[] {
  const { language } = words;
  const text = said[language];
  const number = (index: number) => words.format.number(index, 0);
  const paper = {
    layout,
    words,
    issuer: { superior: text.superior, name: text.name, kind: kinds[layout.id] ?? 'branch' },
    place: text.place,
    day: '2026-11-05',
    number: { number: 5, year: 2026 },
    draft: false,
  };
  const meeting = {
    title: text.meeting,
    startsAt,
    place: text.hall,
    minutes: 90,
    chair: text.chair,
    recorder: text.recorder,
    items: text.items.map((title, index) => ({
      title,
      owner: index === 1 ? text.recorder : null,
      minutes: 20 + index,
    })),
  };
  const chair = { post: 'presiding', name: text.chair, signed };
  const recorder = { post: 'recorder', name: text.recorder, signed };
  const head = { post: heads[layout.id] ?? 'secretary', name: text.chair, signed: null };
  const people = Array.from({ length: 52 }, (_, index) => ({
    name: `${text.person} ${number(index + 1)}`,
    post: index === 0 ? text.chair : '',
    standing: null,
  }));
  const verdict = { declared: text.met, verified: text.met, note: '' };
  return [
    {
      document: composeNotice(
        { ...paper, draft: true },
        { meeting, documents: [text.items[0]], sessions: [], recipients: [text.superior, text.person], signer: head },
      ),
      says: [text.hall, text.items[1], words.say('document.draft')],
      pages: [1, 1],
    },
    { document: composeAgenda(paper, meeting, head), says: [text.hall, number(63)], pages: [1, 1] },
    {
      document: composeAttendance(
        { ...paper, number: null },
        { meeting, people, guests: [{ name: text.chair, from: text.superior }] },
      ),
      says: [words.say('document.signature'), `${text.person} ${number(52)}`],
      pages: [2, 3],
    },
    {
      document: composeMinutes(paper, {
        meeting: text.meeting,
        paragraphs: [
          { title: null, text: text.opened },
          { title: text.items[1], text: `${text.discussed}\n- ${text.decided[0]}` },
        ],
        recorder,
        chair,
        digest,
      }),
      says: [text.opened.slice(0, 18), text.decided[0], text.recorder, digest],
      pages: [1, 1],
    },
    {
      document: composeAddendum(paper, {
        meeting: text.meeting,
        about: text.basis,
        text: text.correction,
        recorder,
        chair,
        digest,
      }),
      says: [text.correction.slice(0, 12), text.chair],
      pages: [1, 1],
    },
    {
      document: composeResolution(paper, {
        subject: text.items[1],
        basis: [text.basis],
        content: [...text.decided],
        votes: [{ question: text.items[1], present: 20, for: 18, against: 1, abstain: 1 }],
        tasks: text.decided.map((title) => ({ title, owner: text.recorder, deadline: '2026-12-20' })),
        recipients: [text.superior, text.name],
        signer: head,
        digest: null,
      }),
      says: [text.decided[1], text.basis.slice(0, 12), words.say('document.deadline')],
      pages: [1, 1],
    },
    {
      document: composeScoreSheet(paper, {
        programme: text.programme,
        period: words.format.period('2026-11'),
        groups: [{ title: text.group, rows: text.criteria.map((title) => ({ title, ...verdict })) }],
        outcome: [{ label: words.say('document.verified'), value: text.level }],
        signers: [recorder, head],
      }),
      says: [text.criteria[1].slice(0, 14), text.met],
      pages: [1, 1],
    },
  ];
}
