import { AppSection } from './app-section.tsx';
import { ClockSection } from './clock-section.tsx';
import { InstallsSection } from './installs-section.tsx';
import { OptionsSection } from './options-section.tsx';
import { ResetSection } from './reset-section.tsx';
import '../ui/fields.css';
import './settings-tab.css';

/** The simulator itself: its clock, the apps and where they are installed, its options, and beginning anew. */
export function SettingsTab() {
  return (
    <div className="panel-page settings-tab">
      <ClockSection />
      <ResetSection />
      <AppSection />
      <InstallsSection />
      <OptionsSection />
    </div>
  );
}
