import type { CampusArticle } from './article.ts';

/** 现代教育技术中心, on the webplus site. */
export const network: readonly CampusArticle[] = [
  {
    key: 'network-cutover',
    site: 'webplus',
    columns: ['xxhgg'],
    title: '校园网出口设备割接断网通知',
    daysAgo: 3,
    clock: '17:30:00',
    shown: 'second',
    unit: '现代教育技术中心',
    body: [
      '为提升出口带宽，定于{+4w}0:00—5:00对校园网出口设备进行割接，期间全校有线、无线网络中断，学校网站和移动校园无法从校外访问。',
      '一卡通消费、门禁和监控走内部专网，不受影响。割接结束后如仍无法上网，请重启终端后再试，报修电话0300-5500800。',
    ],
  },
  {
    key: 'phishing-mail-warning',
    site: 'webplus',
    columns: ['xxhgg'],
    title: '关于防范“邮箱容量升级”钓鱼邮件的提醒',
    daysAgo: 11,
    clock: '09:50:00',
    shown: 'day',
    unit: '现代教育技术中心',
    body: [
      '近日监测到冒充网络中心的邮件，标题为“邮箱容量不足，请立即升级”，诱导用户点击链接输入账号密码。该邮件为钓鱼邮件，我中心从不通过邮件索要密码。',
      '请大家不要点击、不要回复，直接标记为垃圾邮件。已经输入过密码的，请立即在统一身份认证平台修改密码，并检查邮箱的自动转发设置。',
    ],
  },
  {
    key: 'licensed-software',
    site: 'webplus',
    columns: ['xxhgg'],
    title: '正版软件服务平台新增五款软件',
    daysAgo: 36,
    clock: '13:15:00',
    shown: 'day',
    unit: '现代教育技术中心',
    body: [
      '正版软件服务平台新增统计分析、思维导图、矢量绘图等五款软件，全校师生登录后即可下载，激活方式见平台说明。',
      '授权仅限在校使用，毕业离校后自动失效。请不要把安装包和激活码转给他人。',
    ],
  },
  {
    key: 'password-policy',
    site: 'webplus',
    columns: ['xxhgg'],
    title: '统一身份认证密码规则调整说明',
    daysAgo: 66,
    clock: '10:10:00',
    shown: 'day',
    unit: '现代教育技术中心',
    body: [
      '即日起，统一身份认证密码长度不得少于十位，须同时包含字母和数字，不得与学号、生日相同；首次登录须绑定手机号用于找回。',
      '连续输错五次账号将锁定三十分钟。锁定期间可凭校园卡到信息楼一层自助解锁。',
    ],
    attachments: ['密码修改操作指南.pdf'],
  },
];
