import { type Actor, execute, type Services } from '@dinh/operations/kernel';
import { list as meetingsOf, read as readMeeting } from '@dinh/operations/meetings';
import { report as themeReport, list as themes } from '@dinh/operations/products';
import { describe, expect, it } from 'vitest';
import { cells } from './places.ts';

const as: { actor: Actor } = { actor: { kind: 'system', label: 'cli' } };

/** Tests of the filled demo: what the articles tell of meetings and of the thematic pilot. */
export function figuresOfMeetings(services: Services, id: (code: string) => number): void {
  describe('figures of the articles on meetings', () => {
    const held = async (code: string) => {
      const { meetings } = await execute(services, meetingsOf, { unitId: id(code), year: 2024 }, as);
      return meetings.filter(({ state }) => state === 'closed' || state === 'signed');
    };
    const roll = async (code: string, meetingId: string) =>
      (await execute(services, readMeeting, { unitId: id(code), meetingId }, as)).figures;
    const pilot = async () => {
      const { programmes } = await execute(services, themes, { unitId: id(cells.lacThanh.code) }, as);
      expect(programmes).toHaveLength(1);
      return programmes[0]!;
    };

    it('S3-03, S3-04: the cell of 22 members held a thematic meeting after storm no. 3 in November 2024', async () => {
      const [meeting] = (await held(cells.bieuNghi.code)).filter(
        ({ onDay, kind }) => kind === 'thematic' && onDay.startsWith('2024-11'),
      );
      expect(meeting?.title).toMatch(/bão số 3/);
      expect(await roll(cells.bieuNghi.code, meeting!.id)).toMatchObject({ members: 22 });
    });

    it('S4-01, S4-02: the cell of 52 members meets with more than nine in ten', async () => {
      const regular = (await held(cells.lacThanh.code)).filter(({ kind }) => kind === 'regular');
      expect(regular.length).toBeGreaterThanOrEqual(3);
      for (const { id: meetingId } of regular) {
        const figures = await roll(cells.lacThanh.code, meetingId);
        expect(figures).toMatchObject({ members: 52 });
        expect(figures!.present / (figures!.members - figures!.exempt)).toBeGreaterThan(0.9);
      }
    });

    it('S4-03: a thematic meeting in the quarter', async () => {
      for (const { code } of [cells.lacThanh, cells.bieuNghi]) {
        const quarter = (await held(code)).filter(({ kind, onDay }) => kind === 'thematic' && onDay >= '2024-10-01');
        expect(quarter.length).toBeGreaterThanOrEqual(1);
      }
    });

    it('S4-04: the village cell takes up replanting the forest after storm no. 3', async () => {
      const [meeting] = await held(cells.naEch.code);
      const { conclusions } = await execute(
        services,
        readMeeting,
        { unitId: id(cells.naEch.code), meetingId: meeting!.id },
        as,
      );
      expect(conclusions.map(({ text }) => text).join()).toMatch(/rừng.*bão số 3/);
    });

    it('S4-05 to S4-08: the pilot of 2024, the guidance it rests on, two groups of content', async () => {
      const { validFrom, basis, groups } = await pilot();
      expect(validFrom).toMatch(/^2024/);
      expect(groups).toHaveLength(2);
      expect(basis).toContainEqual(
        expect.objectContaining({ number: expect.stringContaining('101-HD/BTGTU'), verified: false }),
      );
      expect(basis).toContainEqual(
        expect.objectContaining({ number: '12-HD/BTCTW', date: '2018-07-06', verified: false }),
      );
    });

    it('S4-09, S4-10: one to three products after each meeting, in the formats named and open to others', async () => {
      const { formats, productsLeast, productsMost, ownerId, id: programmeId } = await pilot();
      expect([productsLeast, productsMost]).toEqual([1, 3]);
      expect(formats).toEqual(['slides', 'article', 'post', 'video', 'podcast', 'photos', 'other']);
      const report = { unitId: ownerId, ownerId, programmeId };
      const { lines } = await execute(services, themeReport, report, as);
      expect(lines).toHaveLength(2);
      for (const { held: meetings, observed, products } of lines) {
        const made = Object.values(products).reduce((sum, count) => sum + count, 0);
        expect([meetings, observed]).toEqual([1, 1]);
        expect(made).toBeGreaterThanOrEqual(1);
        expect(made).toBeLessThanOrEqual(3);
      }
    });

    it('S4-11: what the city aims at by 2040 stands in the conclusions of the thematic meetings', async () => {
      for (const { code } of [cells.lacThanh, cells.bieuNghi]) {
        const meeting = (await held(code)).find(({ kind, onDay }) => kind === 'thematic' && onDay >= '2024-10-01');
        const { conclusions } = await execute(services, readMeeting, { unitId: id(code), meetingId: meeting!.id }, as);
        expect(conclusions.map(({ text }) => text).join()).toMatch(/Hạ Long.*đô thị thông minh.*2040/);
      }
    });
  });
}
