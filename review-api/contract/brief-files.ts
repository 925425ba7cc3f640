import { z } from 'zod';

export const BriefFileQuery = z.strictObject({
  as: z.enum(['docx', 'pdf', 'html']).meta({ description: 'Word, PDF, or one page complete in itself' }),
});

const Day = z.iso.date('请写成 2026-11-23 这样的日期');
const mostDays = 366;
const dayMs = 86_400_000;

export const LedgerFileQuery = z
  .strictObject({
    from: Day.meta({ description: 'First day, in Shanghai' }),
    until: Day.meta({ description: 'Last day, included; 366 days at most' }),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: '结束日期不能早于开始日期' })
  .refine(({ from, until }) => (Date.parse(until) - Date.parse(from)) / dayMs < mostDays, {
    path: ['until'],
    message: `一次最多导出 ${mostDays} 天`,
  });
