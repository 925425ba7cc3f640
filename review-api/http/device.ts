/** Read from the first that fits: many browsers also name those that they are built like. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/wxwork\//i, '企业微信'],
  [/MicroMessenger\//i, '微信'],
  [/DingTalk\//i, '钉钉'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/QQBrowser\//i, 'QQ 浏览器'],
  [/QIHU|360SE|360EE/i, '360 浏览器'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Version\/[\d.]+.* Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/OpenHarmony|HarmonyOS/i, '鸿蒙'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows NT/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

const other = '其他';
const longestRead = 1000;

/** Browser and system by name, so that the owner knows a session again: `Firefox · Windows`. No version, no address. */
export function nameDevice(userAgent: string | undefined): string {
  const told = (userAgent ?? '').slice(0, longestRead);
  const find = (list: typeof browsers) => list.find(([form]) => form.test(told))?.[1] ?? other;
  const [browser, system] = [find(browsers), find(systems)];
  return browser === other && system === other ? other : `${browser} · ${system}`;
}
