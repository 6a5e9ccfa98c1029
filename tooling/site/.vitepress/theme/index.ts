import DefaultTheme from 'vitepress/theme-without-fonts';
import '../../pages/drawings.css';
import './site.css';

export default DefaultTheme;
