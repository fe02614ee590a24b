import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-button.css'
import 'element-plus/theme-chalk/el-card.css'
import 'element-plus/theme-chalk/el-tag.css'
import 'element-plus/theme-chalk/el-alert.css'
import 'element-plus/theme-chalk/el-drawer.css'
import 'element-plus/theme-chalk/el-overlay.css'
import './style.css'
import { createApp } from 'vue'
import App from './App.vue'
import { t } from './words.ts'

document.title = t('title')
createApp(App).mount('#app')
