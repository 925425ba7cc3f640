import { Authority } from '../../pipeline/domain/authority.ts';

const source = '沧澜师范学院任免文件（演示）';

/** The leaders of the invented school, one change of post, one change of a name, and its motto. */
export const demoAuthority = {
  source: 'seed:demo',
  body: Authority.parse({
    owner: '党委宣传部',
    asOf: '2026-09-01',
    persons: [
      { name: '贺知行', posts: [{ title: '党委书记', from: '2022-09-01', rank: 1 }] },
      {
        name: '方既明',
        posts: [
          { title: '副校长', from: '2018-03-01', until: '2024-08-31', rank: 4 },
          { title: '校长', from: '2024-09-01', rank: 2 },
          { title: '党委副书记', from: '2024-09-01', rank: 2 },
        ],
      },
      {
        name: '秦砚',
        posts: [
          { title: '副校长', from: '2023-03-01', rank: 4 },
          { title: '党委常委', from: '2023-03-01', rank: 4 },
        ],
      },
    ],
    phrases: [
      {
        id: 'motto',
        right: '博学笃行、为师为范',
        wrong: ['博学笃行、为人师范', '博学力行、为师为范'],
        source,
        note: '校训',
      },
    ],
    units: [
      { name: '信息中心', until: '2025-06-30', now: '现代教育技术中心' },
      { name: '现代教育技术中心', from: '2025-07-01' },
    ],
  }),
};
