import type { publicPages as zh } from '../zh-CN/public.ts';

export const publicPages = {
  'public.notice': 'Public notice (Chinese)',
  'public.objection': 'Objection and correction',
  'public.ways': 'Public pages, no login needed',
} satisfies Record<keyof typeof zh, string>;
