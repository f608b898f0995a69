from django import template

register = template.Library()

# The first word found wins: many browsers also give the names of others.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """What somebody would call it: « Firefox sur Android »."""
    browser = next((name for word, name in BROWSERS.items() if word in user_agent), "Navigateur inconnu")
    system = next((name for word, name in SYSTEMS.items() if word in user_agent), "")
    return f"{browser} sur {system}" if system else browser
