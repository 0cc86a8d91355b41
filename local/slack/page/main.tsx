import '@fontsource/lato/latin-400.css';
import '@fontsource/lato/latin-700.css';
import '@fontsource/lato/latin-900.css';
import '@fontsource/lato/latin-400-italic.css';
import 'twemoji-colr-font/twemoji.css';
import './ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { follow } from './store/feed.ts';
import { readAddress } from './store/navigate.ts';
import { Authorize } from './surfaces/authorize.tsx';
import { followTheme } from './ui/theme.ts';

followTheme();
const root = createRoot(document.getElementById('app') ?? document.body);
if (location.pathname.startsWith('/oauth/')) {
  root.render(
    <StrictMode>
      <Authorize />
    </StrictMode>,
  );
} else {
  window.addEventListener('hashchange', readAddress);
  readAddress();
  follow();
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
