import { describe, expect, it } from 'vitest';
import { ends, logOf, part, playAtOnce } from '../../../test/support/relay-log.ts';

/** The cards of the first message, by id. */
const cardsOf = (shown: ReturnType<typeof playAtOnce>['shown']) =>
  new Map([...(shown[0]?.cards ?? [])].filter(([id]) => !id.startsWith('sluice-')));

describe('what happened beside the answer is a card of its own', () => {
  it('52 a follow-up that was taken up', () => {
    const { shown } = playAtOnce(
      logOf(
        [
          {
            type: 'data-follow-up',
            data: { messageTs: '1.2', userId: 'U2', text: 'and <!channel> the totals, please' },
          },
        ],
        part('Here they are.'),
        [ends()],
      ),
    );
    expect(cardsOf(shown).get('follow-up-1.2')).toMatchObject({
      title: 'Read a follow-up',
      status: 'complete',
    });
    expect(cardsOf(shown).get('follow-up-1.2')?.output).toContain('the totals, please');
    expect(cardsOf(shown).get('follow-up-1.2')?.output).not.toContain('<!channel>');
  });

  it('56 a file that could not be read, by its name and with the reason', () => {
    const { shown } = playAtOnce(
      logOf(
        [
          {
            type: 'data-file',
            data: { fileId: 'F1', name: 'all.zip', reason: 'This kind of file is nothing I can read.' },
          },
        ],
        part('Without it: …'),
        [ends()],
      ),
    );
    expect(cardsOf(shown).get('file-F1')).toMatchObject({
      title: 'Could not read all.zip',
      status: 'error',
      output: expect.stringContaining('nothing I can read'),
    });
  });

  it('said twice by a run that took over it stays one card', () => {
    const notice = { fileId: 'F1', name: 'all.zip', reason: 'No.' };
    const { shown } = playAtOnce(
      logOf([{ type: 'data-file', data: notice }], [{ type: 'data-file', data: notice }], part('x'), [
        ends(),
      ]),
    );
    expect(cardsOf(shown).size).toBe(1);
  });
});
