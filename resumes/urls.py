app_name = 'resumes'
urlpatterns = []
