import { conversation } from './conversation.js';
import { log } from './log.js';
import { readAddress } from './navigate.js';
import { sidebar } from './sidebar.js';
import { follow, onChange } from './store.js';
import { thread } from './thread.js';

const part = (id) => document.getElementById(id);

const draws = [
  sidebar(part('sidebar')),
  conversation(part('conversation')),
  thread(part('thread')),
  log(part('log')),
];
onChange(() => {
  for (const draw of draws) draw();
});
window.addEventListener('hashchange', readAddress);
await follow();
readAddress();
