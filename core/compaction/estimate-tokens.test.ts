import { describe, expect, test } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

/** Counts of OpenAI's encodings, the larger of cl100k_base and o200k_base. */
const counted: [name: string, text: string, tokens: number][] = [
  [
    'English',
    'The build of the release branch failed twice this morning because the database migration waits for a lock that the nightly report holds. Please move the report to five in the afternoon and tell the team in the channel once it is done.',
    45,
  ],
  [
    'code',
    'export function tailOf(text: string, length: number): string {\n  const tail = text.slice(-length);\n  return isLowSurrogate(tail, 0) ? tail.slice(1) : tail;\n}\n',
    45,
  ],
  [
    'JSON with ids',
    '{"results":[{"id":"4f9c1b2e-77aa-4c0d-9a51-0d6be2f1c3d8","amount":1249.5,"state":"open"},{"id":"b81d5e60-1c3f-4e27-8f0a-9922ab47cd10","amount":88,"state":"paid"}]}',
    89,
  ],
  ['numbers', '2026-11-21T12:36:54.113Z 1732192614 0.000173 +49 30 901820 10.0.14.7:8443', 43],
  [
    'German',
    'Die Freigabe der Rechnung wurde am Dienstag abgelehnt, weil die Bestellnummer fehlte; bitte ergänzen und erneut einreichen.',
    38,
  ],
  [
    'Russian',
    'Сборка ветки релиза упала дважды, потому что миграция базы данных ждёт блокировку ночного отчёта.',
    44,
  ],
  ['Chinese', '今天早上发布分支的构建失败了两次，因为数据库迁移在等待夜间报表持有的锁。', 36],
  [
    'Japanese',
    'リリースブランチのビルドが今朝二回失敗しました。データベースの移行が夜間レポートのロックを待っているためです。',
    50,
  ],
  [
    'Korean',
    '오늘 아침 릴리스 브랜치 빌드가 두 번 실패했습니다. 데이터베이스 마이그레이션이 야간 보고서의 잠금을 기다리고 있기 때문입니다.',
    66,
  ],
  ['Hindi', 'आज सुबह रिलीज़ शाखा का निर्माण दो बार विफल रहा क्योंकि डेटाबेस माइग्रेशन ताले की प्रतीक्षा कर रहा है।', 99],
  ['Arabic', 'فشل بناء فرع الإصدار مرتين هذا الصباح لأن ترحيل قاعدة البيانات ينتظر القفل.', 54],
  ['pictures', '🚀🎉👩‍💻👍🏽🇩🇪✅❌🔥', 32],
  [
    'base64',
    'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
    67,
  ],
  ['Thai', 'การสร้างสาขาเผยแพร่ล้มเหลวสองครั้งเมื่อเช้านี้เพราะการย้ายฐานข้อมูลรอการล็อก', 64],
  [
    'Markdown',
    '| say | and see |\n| --- | --- |\n| `use 5 tools` | five tool calls |\n| `help` | this table |\n',
    31,
  ],
];

describe('estimateTokens errs on the high side, and not by much', () => {
  test.each(counted)('%s', (_name, text, tokens) => {
    const estimate = estimateTokens(text);
    expect(estimate).toBeGreaterThanOrEqual(tokens);
    expect(estimate).toBeLessThanOrEqual(tokens * 2.2);
  });
});

test('nothing takes no tokens, and parts take no less than the whole', () => {
  expect(estimateTokens('')).toBe(0);
  for (const [, text] of counted) {
    const middle = Math.floor(text.length / 2);
    expect(estimateTokens(text.slice(0, middle)) + estimateTokens(text.slice(middle))).toBeGreaterThanOrEqual(
      estimateTokens(text),
    );
  }
});
