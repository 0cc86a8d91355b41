import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { IconButton } from '../../ui/button.tsx';
import { objectsOf, wordOf } from '../read.ts';
import { Card } from './card.tsx';
import './carousel.css';

/** Cards in a row, moved by buttons. */
export function Carousel({ block }: { block: JsonObject }) {
  const row = useRef<HTMLUListElement>(null);
  const [ends, setEnds] = useState({ atStart: true, atEnd: true });
  useEffect(() => {
    const node = row.current;
    if (!node) return;
    const measure = (): void =>
      setEnds({
        atStart: node.scrollLeft <= 1,
        atEnd: node.scrollLeft + node.clientWidth >= node.scrollWidth - 1,
      });
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    node.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      node.removeEventListener('scroll', measure);
    };
  }, []);
  const move = (direction: number): void => {
    const node = row.current;
    const card = node?.querySelector('li');
    if (node && card) node.scrollBy({ left: direction * (card.offsetWidth + 12), behavior: 'smooth' });
  };
  return (
    <section className="carousel" aria-label="Cards">
      <ul className="carousel-row" ref={row}>
        {objectsOf(block.elements).map((card, at) => (
          <li key={wordOf(card.block_id) || at}>
            <Card block={card} />
          </li>
        ))}
      </ul>
      {!(ends.atStart && ends.atEnd) && (
        <div className="carousel-buttons">
          <IconButton label="Previous cards" disabled={ends.atStart} onClick={() => move(-1)}>
            <ChevronLeft size={18} aria-hidden="true" />
          </IconButton>
          <IconButton label="Next cards" disabled={ends.atEnd} onClick={() => move(1)}>
            <ChevronRight size={18} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </section>
  );
}
