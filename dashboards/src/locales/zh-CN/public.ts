/** Ways to the pages for everybody, which the service makes itself. */
export const publicPages = {
  'public.notice': '公开告知',
  'public.objection': '异议与更正',
  'public.ways': '公开页面，不需要登录',
} as const;
