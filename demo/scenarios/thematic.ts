import { randomUUID } from 'node:crypto';
import { addTopic, approve, check, draft, launch, observe, publish, takeTopic, tick } from '@dinh/operations/products';
import { at, type Stage } from './clock.ts';
import { type Hall, holdEvening } from './meetings.ts';

/**
 * The pilot of 2024 in one province: thematic meetings with two groups of content, an observer, and one to three products each (S4-05 to
 * S4-10). What the groups and topics are called was not found in the sources: the names here are illustrations.
 */
export async function playPilot(
  stage: Stage,
  committee: number,
  halls: readonly Hall[],
): Promise<{ ownerId: number; programmeId: string }> {
  const programmeId = randomUUID();
  await at(stage, '2024-08-20', 'demo', launch, {
    unitId: committee,
    id: programmeId,
    title: 'Sinh hoạt chuyên đề “Chi bộ 35” (thí điểm)',
    basis: [
      { number: '101-HD/BTGTU (tháng 8/2024)', issuer: 'Ban Tuyên giáo Tỉnh ủy Quảng Ninh' },
      { number: '12-HD/BTCTW', date: '2018-07-06', issuer: 'Ban Tổ chức Trung ương' },
    ],
    from: '2024-08-20',
    to: '2024-12-31',
    groups: [
      { id: 'group-1', title: 'Nhóm nội dung 1: nhận diện (minh họa)' },
      { id: 'group-2', title: 'Nhóm nội dung 2: cách ứng phó (minh họa)' },
    ],
    steps: [
      'Chi ủy thống nhất nội dung, phân công chuẩn bị',
      'Trình bày chuyên đề',
      'Thảo luận',
      'Kết luận, giao làm sản phẩm',
    ],
    formats: ['slides', 'article', 'post', 'video', 'podcast', 'photos', 'other'],
    least: 1,
    most: 3,
    meetingsPerQuarter: 1,
    observed: true,
  });
  const topics = [
    { id: randomUUID(), group: 'group-1', title: 'Nhận diện lừa đảo trên mạng (minh họa)' },
    { id: randomUUID(), group: 'group-2', title: 'Giúp người cao tuổi tránh lừa đảo trên mạng (minh họa)' },
  ] as const;
  for (const topic of topics)
    await at(stage, '2024-08-21', 'demo', addTopic, { unitId: committee, programmeId, ...topic });

  for (const [index, hall] of halls.entries()) {
    const topic = topics[index % topics.length]!;
    const day = `2024-10-${18 + index}`;
    const presenter = hall.others[0]!.personId;
    const meetingId = await holdEvening(stage, hall, {
      day,
      kind: 'thematic',
      title: topic.title,
      agenda: [
        {
          title: topic.title,
          kind: 'discuss',
          notes: 'Nêu các dấu hiệu thường gặp và cách báo cho người thân.',
          opinions: 7,
        },
      ],
      absent: hall.others.slice(0, 1),
      conclusions: [
        'Làm sản phẩm truyền thông đứng tên chi bộ, gửi bản tin của khu.',
        // S4-11: what the city aims at, as the article names it.
        'Vận động người dân dùng dịch vụ số, góp phần để Hạ Long trở thành đô thị thông minh vào năm 2040.',
      ],
    });
    const key = { unitId: hall.unitId, meetingId };
    const { secretary, deputy } = hall;
    await at(stage, day, secretary, takeTopic, {
      ...key,
      ownerId: committee,
      programmeId,
      topicId: topic.id,
      presenter,
    });
    await at(stage, day, secretary, tick, { ...key, done: [0, 1, 2, 3] });
    await at(stage, day, secretary, observe, {
      ...key,
      present: true,
      name: 'Đảng ủy viên phụ trách',
      remark: 'Nội dung sát địa bàn, nhiều ý kiến.',
    });
    const made = ['Ba dấu hiệu của một cuộc gọi lừa đảo', 'Bộ ảnh: một buổi sinh hoạt chuyên đề'].slice(0, 2 - index);
    for (const [number, title] of made.entries()) {
      const product = { unitId: hall.unitId, id: randomUUID() };
      await at(stage, day, secretary, draft, {
        ...product,
        meetingId,
        format: number === 0 ? 'article' : 'photos',
        title,
        language: 'vi',
        authors: [presenter],
        body: 'Không làm theo yêu cầu chuyển tiền qua điện thoại. Dừng lại, hỏi người thân, báo tổ an ninh.',
      });
      const out = { channel: 'Bản tin của khu', place: 'Nhà văn hóa khu', on: day };
      await at(stage, day, deputy, check, {
        ...product,
        expected: 1,
        sources: 'Tài liệu tuyên truyền của công an phường (minh họa)',
      });
      await at(stage, day, secretary, approve, { ...product, expected: 2 });
      await at(stage, day, secretary, publish, { ...product, expected: 3, ...out });
    }
  }
  return { ownerId: committee, programmeId };
}
