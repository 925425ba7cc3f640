import type { CheckLevel } from '../../domain/check.ts';
import type { FileFact, FileFactKind } from '../../domain/file-fact.ts';

interface FactWords {
  level: CheckLevel;
  say: (detail: string | null) => string;
}

const attached: Record<FileFactKind, FactWords> = {
  executable: {
    level: 'block',
    say: (detail) =>
      `含有可以运行的程序、脚本或快捷方式${detail === null ? '' : `（${detail}）`}，不得提供给读者下载。`,
  },
  'test-virus': { level: 'block', say: () => '含有病毒（或病毒测试码），请查杀后重新上传。' },
  macro: {
    level: 'block',
    say: (detail) =>
      `带有宏或脚本${detail === null ? '' : `（${detail}）`}，读者打开时会运行。请另存为不带宏的格式（.docx、.xlsx、PDF）后重新上传。`,
  },
  bomb: {
    level: 'block',
    say: () => '解压后过大、层数过多或读取时耗尽资源，内容没有检查完。请拆分或换成普通格式后重新上传。',
  },
  locked: { level: 'warn', say: () => '有密码，内容没有检查，读者也打不开。请去掉密码后重新上传。' },
  damaged: { level: 'warn', say: () => '损坏或不完整，内容没有检查完。请确认能正常打开，再重新上传。' },
  'wrong-extension': {
    level: 'warn',
    say: (detail) => `扩展名与内容不符：实际是${detail ?? '另一种文件'}。请改成正确的扩展名。`,
  },
  'remote-content': {
    level: 'warn',
    say: () => '打开时会从外部读取内容或含嵌入对象。请断开外部链接、删除对象后重新上传。',
  },
  author: {
    level: 'info',
    say: (detail) => `文件属性里有作者“${detail ?? ''}”。如不便公开，请在“检查文档”中删除属性。`,
  },
  position: { level: 'warn', say: () => '图片带有拍摄位置。请去除位置后重新上传。' },
  device: { level: 'warn', say: (detail) => `图片带有个人信息：${detail ?? '设备'}。请去除后重新上传。` },
  'ai-made': { level: 'info', say: (detail) => `文件自称由算法生成（${detail ?? ''}）。` },
};

export function weighFact(kind: FileFactKind): CheckLevel {
  return attached[kind].level;
}

/** @param facts of one kind, of one file */
export function describeFacts(called: string, facts: readonly FileFact[]): string {
  const [first] = facts;
  if (first === undefined) return called;
  const details = [...new Set(facts.map(({ detail }) => detail).filter((detail) => detail !== null))];
  const parts = [
    ...new Set(facts.map(({ part }) => part).filter((part) => part !== null && part !== called)),
  ];
  const where =
    parts.length === 0
      ? ''
      : `内的“${parts.slice(0, 3).join('”“')}”${parts.length > 3 ? `等 ${parts.length} 个文件` : ''}`;
  return `“${called}”${where}${attached[first.kind].say(details.length === 0 ? null : details.slice(0, 3).join('、'))}`;
}
