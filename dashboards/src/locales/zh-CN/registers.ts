export const registers = {
  'registers.backToRegister': '← {label}登记簿',
  'registers.confirmStep': '确认{label}',
  'registers.contactLine': '联系方式：{contact}',
  'registers.downloadFile': '下载文件（限期内）',
  'registers.noneYet': '还没有登记。',
  'registers.onBehalf': '（代 {onBehalfOfName}）',
  'registers.openContact': '打开联系方式（有记录）',
  'registers.overdue': '，已逾期',
  'registers.registerTitle': '{label}登记簿',
  'registers.registeredAt': '{moment} 登记',
  'registers.texts': '文字',
  'registers.thePublic': '公众',
} as const;
