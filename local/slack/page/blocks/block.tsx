import { memo } from 'react';
import type { JsonObject } from '../../json.ts';
import { Chart } from './data/chart.tsx';
import { DataTable } from './data/data-table.tsx';
import { Table } from './data/table.tsx';
import { Actions } from './layout/actions.tsx';
import { Alert } from './layout/alert.tsx';
import { Card } from './layout/card.tsx';
import { Carousel } from './layout/carousel.tsx';
import { Container } from './layout/container.tsx';
import { Context } from './layout/context.tsx';
import { FileBlock } from './layout/file.tsx';
import { Header } from './layout/header.tsx';
import { ImageBlock } from './layout/image.tsx';
import { Input } from './layout/input.tsx';
import { MarkdownBlock } from './layout/markdown.tsx';
import { Section } from './layout/section.tsx';
import { Unknown } from './layout/unknown.tsx';
import { Video } from './layout/video.tsx';
import { wordOf } from './read.ts';
import { sameGiven } from './same.ts';
import { Plan } from './steps/plan.tsx';
import { TaskCard } from './steps/task-card.tsx';
import { RichText } from './text/rich-text.tsx';

/** One block of §3.1; it is drawn again only when what it says is different. */
export const BlockView = memo(function BlockView({ given }: { given: JsonObject }) {
  return (
    <div className="block" data-block-id={wordOf(given.block_id) || undefined}>
      {drawn(given)}
    </div>
  );
}, sameGiven);

function drawn(block: JsonObject) {
  switch (block.type) {
    case 'rich_text':
      return <RichText given={block} />;
    case 'section':
      return <Section block={block} />;
    case 'header':
      return <Header block={block} />;
    case 'divider':
      return <hr className="block-divider" />;
    case 'image':
      return <ImageBlock block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
    case 'context_actions':
      return <Actions block={block} />;
    case 'input':
      return <Input block={block} />;
    case 'markdown':
      return <MarkdownBlock block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'data_visualization':
      return <Chart block={block} />;
    case 'alert':
      return <Alert block={block} />;
    case 'card':
      return <Card block={block} />;
    case 'carousel':
      return <Carousel block={block} />;
    case 'container':
      return <Container block={block} />;
    case 'plan':
      return <Plan block={block} />;
    case 'task_card':
      return <TaskCard block={block} />;
    case 'file':
      return <FileBlock block={block} />;
    case 'video':
      return <Video block={block} />;
    default:
      return <Unknown block={block} />;
  }
}
