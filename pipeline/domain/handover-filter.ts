/** The lists that slips stand in. */
export const handoverFilters = [
  /** 未结: all that is not done, soonest due first. */
  'active',
  /** 待签收. */
  'sent',
  /** 办理中. */
  'received',
  /** 临期: with a unit, and due soon. */
  'near',
  /** 超期: with a unit, and due already. */
  'overdue',
  /** 延期待批. */
  'extension',
  /** 已答复待办结. */
  'answered',
  'returned',
  /** 督办, and not done yet. */
  'supervised',
  /** 办结 or 撤回; the last due first. */
  'done',
  /** The last due first. */
  'all',
] as const;
export type HandoverFilter = (typeof handoverFilters)[number];
