import type { ChunkBatch, FinishNotice, StreamChunk } from '../../core/stream/chunks.ts';

/**
 * What people must be able to see of a log, said a second time and simply: by this the planner is measured. It knows
 * of no flushes, messages or limits.
 */
export interface ExpectedLog {
  end: FinishNotice['end'];
  /** Text and steps in the order of their arrival; white space alone is nothing. */
  items: ({ text: string } | ExpectedCard)[];
  /** The text behind the last step. */
  answer: string;
}

export interface ExpectedCard {
  title: string;
  status: 'complete' | 'error';
}

interface Group {
  tools: Set<string>;
  calls: number;
  waiting: Set<string>;
  failed: boolean;
  closed: boolean;
}

export const toolTitles: Record<string, string> = { read_file: 'Read file', search_web: 'Search web' };

/** @param shared whether calls in a row share a card */
export function expectedLog(batches: readonly ChunkBatch[], shared: boolean): ExpectedLog {
  const items: ({ text: string } | ExpectedCard | Group)[] = [];
  const groups: Group[] = [];
  let end: FinishNotice['end'] = 'completed';
  let part = '';
  let answer = '';
  const close = () => {
    for (const group of groups) group.closed = true;
  };
  const begin = (id: string, tool: string) => {
    const open = groups.find(({ closed }) => !closed);
    const group = (shared ? open : undefined) ?? {
      tools: new Set(),
      calls: 0,
      waiting: new Set(),
      failed: false,
      closed: !shared,
    };
    if (group !== open) {
      groups.push(group);
      items.push(group);
    }
    group.calls++;
    group.tools.add(tool);
    group.waiting.add(id);
  };
  const finish = (id: string, failed: boolean) => {
    const group = groups.find(({ waiting }) => waiting.has(id));
    group?.waiting.delete(id);
    if (group && failed) group.failed = true;
  };
  const take = (chunk: StreamChunk) => {
    if (/^tool-|^data-retry/.test(chunk.type)) answer = '';
    switch (chunk.type) {
      case 'text-start':
        part = '';
        return;
      case 'text-delta':
        part += chunk.delta;
        return;
      case 'text-end':
        answer += `\n\n${part}`;
        if (part.trim() === '') return;
        close();
        items.push({ text: part });
        return;
      case 'tool-input-available':
        return begin(chunk.toolCallId, toolTitles[chunk.toolName] ?? '');
      case 'tool-output-available':
        return finish(chunk.toolCallId, false);
      case 'tool-output-error':
        return finish(chunk.toolCallId, true);
      case 'data-retry':
        return close();
      case 'data-follow-up':
        close();
        items.push({ title: 'Read a follow-up', status: 'complete' });
        return;
      case 'data-file':
        close();
        items.push({ title: `Could not read ${chunk.data.name}`, status: 'error' });
        return;
      case 'finish':
        end = chunk.messageMetadata.end;
    }
  };
  for (const chunk of batches.flatMap(({ chunks }) => chunks)) take(chunk);
  return { end, items: items.map((item) => ('calls' in item ? cardOf(item, end) : item)), answer };
}

function cardOf({ tools, calls, waiting, failed }: Group, end: FinishNotice['end']): ExpectedCard {
  const [tool = ''] = tools;
  const one = calls === 1 ? tool : `${tool} (${calls})`;
  const isError = failed || (waiting.size > 0 && end !== 'completed');
  return { title: tools.size > 1 ? `${calls} tool calls` : one, status: isError ? 'error' : 'complete' };
}
